using Podcast.Testing;

// One PostgreSQL and one RabbitMQ for all test projects of a run, instead of one for each. Writes the settings that name them, a
// line each and an empty one, once all answer; those that the environment has are not started. They end with the standard input.
Task<string[]>[] starting =
[
    Lacks("PODCAST_TEST_POSTGRES") ? StartPostgres() : Task.FromResult<string[]>([]),
    Lacks("PODCAST_TEST_RABBITMQ") ? StartRabbitMq() : Task.FromResult<string[]>([]),
];
try
{
    foreach (var setting in (await Task.WhenAll(starting)).SelectMany(settings => settings))
        Console.WriteLine(setting);
}
catch (Exception failure)
{
    await Console.Error.WriteLineAsync(failure.Message);
    return 1;
}

Console.WriteLine();
await Console.In.ReadToEndAsync();
return 0;

static bool Lacks(string setting) => string.IsNullOrEmpty(Environment.GetEnvironmentVariable(setting));

static async Task<string[]> StartPostgres() => [$"PODCAST_TEST_POSTGRES={await SharedServers.StartPostgres()}"];

static async Task<string[]> StartRabbitMq()
{
    var (amqp, management) = await SharedServers.StartRabbitMq();
    return [$"PODCAST_TEST_RABBITMQ={amqp}", $"PODCAST_TEST_RABBITMQ_MANAGEMENT={management}"];
}
