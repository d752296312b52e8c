using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Classroom.Signaling.Sources;

/// <summary>Encrypts addresses for the database, with the keys of this installation: a copy of the database alone gives no camera away.</summary>
internal sealed class SourceVault(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("classroom.sources");

    public string Seal(SourceAddress address) => _protector.Protect(address.Reveal());

    /// <summary>Null when the keys are others than those it was sealed with: it must be entered again.</summary>
    public SourceAddress? Open(string sealedAddress)
    {
        try
        {
            return SourceAddress.TryParse(_protector.Unprotect(sealedAddress), out var address) ? address : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
