using Podcast.Testing;

// One PostgreSQL and one RabbitMQ of the installed binaries for all test projects of a run, instead of one for each. Writes the settings
// that name them, a line each and an empty one; those that the environment has are not started. They end with the standard input.
Task[] starting =
[
    Lacks("PODCAST_TEST_POSTGRES") ? StartPostgres() : Task.CompletedTask,
    Lacks("PODCAST_TEST_RABBITMQ") ? StartRabbitMq() : Task.CompletedTask,
];
await Task.WhenAll(starting);
Console.WriteLine();
await Console.In.ReadToEndAsync();

static bool Lacks(string setting) => string.IsNullOrEmpty(Environment.GetEnvironmentVariable(setting));

static async Task StartPostgres() => Console.WriteLine($"PODCAST_TEST_POSTGRES={(await PrivatePostgres.Start()).ConnectionString}");

static async Task StartRabbitMq()
{
    var server = await PrivateRabbitMq.Start();
    Console.WriteLine($"PODCAST_TEST_RABBITMQ={server.Amqp}");
    Console.WriteLine($"PODCAST_TEST_RABBITMQ_MANAGEMENT={server.Management}");
}
