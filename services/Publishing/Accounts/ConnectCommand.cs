using System.CommandLine;

namespace Podcast.Publishing.Accounts;

/// <summary>The verb <c>connect youtube &lt;account&gt;</c>.</summary>
internal static class ConnectCommand
{
    public static ServiceVerb Verb { get; } =
        new("connect", (services, args) => Run(services, args, Console.Out, Console.Error, Desktop.Here));

    /// <returns>The exit code: 0 connected, 1 not connected, 2 wrong arguments.</returns>
    public static async Task<int> Run(IServiceProvider services, string[] args, TextWriter output, TextWriter errors, Desktop desktop)
    {
        var account = new Argument<string>("account") { Description = "The name by which shows refer to it." };
        var channel = new Option<string?>("--channel") { Description = "The id of the channel that it must be (UC…)." };
        var device = new Option<bool>("--device")
        {
            Description = "Ask by a code for another device, without captions, which Google does not permit to devices.",
        };
        account.Validators.Add(result =>
        {
            if (!ShowPattern.IsSlug(result.GetValueOrDefault<string>()))
                result.AddError("The name must be 1 to 50 lower-case letters, digits and hyphens.");
        });
        var youTube = new Command("youtube", "Connect a YouTube channel.") { account, channel, device };
        youTube.SetAction((given, cancellationToken) => Connect(
            services, given.GetRequiredValue(account), given.GetValue(channel), given.GetValue(device), output, errors, desktop,
            cancellationToken));

        var parsed = new Command("connect", "Connect an account to publish with.") { youTube }.Parse(args);
        var code = await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = errors });
        return parsed.Errors.Count > 0 ? 2 : code;
    }

    private static async Task<int> Connect(
        IServiceProvider services, string name, string? channel, bool isDevice, TextWriter output, TextWriter errors, Desktop desktop,
        CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        T Service<T>() where T : notnull => scope.ServiceProvider.GetRequiredService<T>();

        var options = Service<IOptions<GoogleOptions>>().Value;
        using var limit = new CancellationTokenSource(options.ConsentTimeout, Service<TimeProvider>());
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            if (options.ClientId.Length == 0)
                throw new ConnectException("Set Google__ClientId and Google__ClientSecret: an OAuth client of your Google project.");

            var tokens = isDevice
                ? await Service<DeviceConsent>().Ask(output, either.Token)
                : await Service<LoopbackConsent>().Ask(output, desktop, either.Token);
            var account = await Service<AccountConnector>().Connect(name, tokens, channel, either.Token);
            await output.WriteLineAsync(
                $"{name} is connected to the channel {account.ChannelTitle} ({account.ChannelId})"
                + (YouTubeScopes.CanCaption(account.Scopes) ? "." : ", without captions."));
            if (await Service<HeldPublications>().Retry(name, either.Token) is > 0 and var held)
                await output.WriteLineAsync($"{held} of its publications had failed, and are retried.");
            return 0;
        }
        catch (ConnectException refused)
        {
            await errors.WriteLineAsync(refused.Message);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            await errors.WriteLineAsync($"Nobody consented within {options.ConsentTimeout}. Nothing was stored.");
        }
        catch (HttpRequestException failure)
        {
            await errors.WriteLineAsync($"Google cannot be reached ({failure.HttpRequestError}). Nothing was stored.");
        }

        return 1;
    }
}
