using Microsoft.AspNetCore.Builder;
using Podcast.Hosting;
using Podcast.Hosting.Tests.Sample;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddMessageBus(bus => bus.AddSample());

var app = builder.Build();
app.MapServiceDefaults();
app.MapSample();
return await app.RunAsync(args);
