using Podcast.Emulators.Ittybit;
using Podcast.Emulators.Transistor;
using Podcast.Emulators.YouTube;
using Podcast.Hosting;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.Services.AddIttybitEmulator();
builder.Services.AddTransistorEmulator();
builder.Services.AddYouTubeEmulator();

var app = builder.Build();
app.MapServiceDefaults();
app.MapIttybitEmulator();
app.MapTransistorEmulator();
app.MapYouTubeEmulator();
return await app.RunAsync(args);
