using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Podcast.OperatorsConsole;

/// <summary>
/// Cookies and forms are encrypted with a key that is derived from <see cref="ConsoleOptions.Key"/>. So every process with the
/// same setting reads them, also after a restart, and the console keeps nothing.
/// </summary>
public static class SharedKey
{
    /// <summary>Uses the key if one is set. Only for a process that protects nothing else, since its keys are replaced.</summary>
    public static void AddSharedKey(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("podcast-console");
        services.AddOptions<KeyManagementOptions>().Configure<IOptions<ConsoleOptions>>((keys, console) =>
        {
            if (console.Value.Key is not { } secret)
                return;

            keys.XmlRepository = new OneKey(secret);
            keys.AutoGenerateKeys = false;
        });
    }

    /// <summary>A key ring with one key, which does not expire: it ends when the setting changes.</summary>
    private sealed class OneKey(string secret) : IXmlRepository
    {
        public IReadOnlyCollection<XElement> GetAllElements()
        {
            var key = new Secret(Derived("key", 64));
            var descriptor = new AuthenticatedEncryptorDescriptor(new AuthenticatedEncryptorConfiguration(), key).ExportToXml();
            var always = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
            return
            [
                new XElement(
                    "key",
                    new XAttribute("id", new Guid(Derived("id", 16))), new XAttribute("version", 1),
                    new XElement("creationDate", always), new XElement("activationDate", always),
                    new XElement("expirationDate", always.AddYears(1000)),
                    new XElement(
                        "descriptor", new XAttribute("deserializerType", descriptor.DeserializerType.AssemblyQualifiedName!),
                        descriptor.SerializedDescriptorElement)),
            ];
        }

        /// <summary>Bytes that only who has the secret can make (RFC 5869), others for each purpose.</summary>
        private byte[] Derived(string purpose, int bytes) => HKDF.DeriveKey(
            HashAlgorithmName.SHA512, Encoding.UTF8.GetBytes(secret), bytes, info: Encoding.UTF8.GetBytes($"podcast console {purpose}"));

        public void StoreElement(XElement element, string friendlyName) => throw new NotSupportedException("The key is a setting.");
    }
}
