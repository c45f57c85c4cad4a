using Podcast.Testing;

// Starts one PostgreSQL and one RabbitMQ for all test projects of a run, except those that environment variables already name.
// When they answer, writes one line NAME=VALUE per setting and then an empty line. The servers end when standard input is closed.
// Only the settings go to standard output: Testcontainers writes its log there.
var settingsOut = Console.Out;
Console.SetOut(Console.Error);
Task<string[]>[] starting =
[
    Lacks("PODCAST_TEST_POSTGRES") ? StartPostgres() : Task.FromResult<string[]>([]),
    Lacks("PODCAST_TEST_RABBITMQ") ? StartRabbitMq() : Task.FromResult<string[]>([]),
];
try
{
    foreach (var setting in (await Task.WhenAll(starting)).SelectMany(settings => settings))
        await settingsOut.WriteLineAsync(setting);
}
catch (Exception failure)
{
    await Console.Error.WriteLineAsync(failure.Message);
    return 1;
}

await settingsOut.WriteLineAsync();
await Console.In.ReadToEndAsync();
return 0;

static bool Lacks(string setting) => string.IsNullOrEmpty(Environment.GetEnvironmentVariable(setting));

static async Task<string[]> StartPostgres() => [$"PODCAST_TEST_POSTGRES={await SharedServers.StartPostgres()}"];

static async Task<string[]> StartRabbitMq()
{
    var (amqp, management) = await SharedServers.StartRabbitMq();
    return [$"PODCAST_TEST_RABBITMQ={amqp}", $"PODCAST_TEST_RABBITMQ_MANAGEMENT={management}"];
}
