using Podcast.Publishing;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddMessageBus(bus => bus.AddPublishing());

var app = builder.Build();
app.MapServiceDefaults();
return await app.RunAsync(args);
