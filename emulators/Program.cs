using Podcast.Emulators.Ittybit;
using Podcast.Hosting;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.Services.AddIttybitEmulator();

var app = builder.Build();
app.MapServiceDefaults();
app.MapIttybitEmulator();
return await app.RunAsync(args);
