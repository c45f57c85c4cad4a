using Podcast.Hosting;
using Podcast.OperatorsConsole;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.Services.AddConsole();
builder.Services.AddSharedKey();

var app = builder.Build();
app.MapServiceDefaults();
app.MapConsole();
return await app.RunAsync(args);
