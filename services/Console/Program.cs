using Podcast.Hosting;
using Podcast.OperatorsConsole;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.Services.AddConsole();

var app = builder.Build();
app.MapServiceDefaults();
app.MapConsole();
return await app.RunAsync(args);
