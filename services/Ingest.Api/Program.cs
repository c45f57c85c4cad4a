using Podcast.Ingest.Api;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddMessageBus(bus => bus.AddIngestApi());

var app = builder.Build();
app.MapServiceDefaults();
app.MapIngestApi();
return await app.RunAsync(args);
