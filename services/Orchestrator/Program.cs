using Podcast.Orchestrator;
using Podcast.Outbox;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddMessageBus(bus => bus.AddOrchestrator());

var app = builder.Build();
app.MapServiceDefaults();
app.MapOutboxDesks();
return await app.RunAsync(args);
