namespace Podcast.OperatorsConsole;

internal static partial class Texts
{
    public const string SignInAt = "Sign in with your account", SignInAsAnother = "Sign in as somebody else";
    public const string WithToken = "Use an access token instead";
    public const string SignInFailed = "You were not signed in.";
    public const string SignInAgain = "The sign-in took too long, or began in another browser. Try again.";
    public const string ProviderRefuses = "The sign-in provider did not let you in.";
    public const string ProviderIsAway = "The sign-in provider does not answer. Try again in a moment.";
    public const string SignedOutHere = "You are signed out here, but perhaps not there.";
    public const string NoRoleWhat = "Ask whoever administers the sign-in for one of: viewer, operator, admin.";
    public const string OnlyLooks = "As a viewer you may look, but not act.";

    public static string NoRole(string name) => $"{name}, you have no role here.";
    public static string SignedInAs(string name, string? role) => role is null ? name : $"{name} ({role})";
}
