using Podcast.Hosting;
using Podcast.WebhookGateway;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddMessageBus(bus => bus.AddWebhookGateway());

var app = builder.Build();
app.MapServiceDefaults();
app.MapWebhookGateway();
return await app.RunAsync(args);
