using Podcast.Hosting;
using Podcast.Processing;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddMessageBus(bus => bus.AddProcessing());

var app = builder.Build();
app.MapServiceDefaults();
return await app.RunAsync(args);
