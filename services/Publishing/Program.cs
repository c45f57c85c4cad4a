using Podcast.Outbox;
using Podcast.Publishing;
using Podcast.Publishing.Accounts;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddMessageBus(bus => bus.AddPublishing(builder.Configuration));

var app = builder.Build();
app.MapServiceDefaults();
app.MapOutboxDesks();
return await app.RunAsync(args, ConnectCommand.Verb);
