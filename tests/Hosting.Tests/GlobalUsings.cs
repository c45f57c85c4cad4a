global using Podcast.Testing;
