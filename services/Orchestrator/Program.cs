using Podcast.Orchestrator;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddMessageBus(bus => bus.AddOrchestrator());

var app = builder.Build();
app.MapServiceDefaults();
return await app.RunAsync(args);
