using System.Security.Cryptography;
using Classroom.Rtc.Ciphers;
using Classroom.Rtc.OpenSsl;

namespace Classroom.Rtc.Tests.Ciphers;

public class AesGcmCipherTests
{
    // "The Galois/Counter Mode of Operation", appendix B, test cases 1 to 4; also in NIST's validation set.
    [Theory]
    [InlineData("00000000000000000000000000000000", "000000000000000000000000", "", "", "58e2fccefa7e3061367f1d57a4e7455a")]
    [InlineData("00000000000000000000000000000000", "000000000000000000000000", "", "00000000000000000000000000000000", "0388dace60b6a392f328c2b971b2fe78ab6e47d42cec13bdf53a67b21257bddf")]
    [InlineData(
        "feffe9928665731c6d6a8f9467308308",
        "cafebabefacedbaddecaf888",
        "",
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255",
        "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091473f59854d5c2af327cd64a62cf35abd2ba6fab4")]
    [InlineData(
        "feffe9928665731c6d6a8f9467308308",
        "cafebabefacedbaddecaf888",
        "feedfacedeadbeeffeedfacedeadbeefabaddad2",
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
        "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e0915bc94fbc3221a5db94fae95ae7121a47")]
    public void Seals_and_opens_as_the_standard_says(string key, string iv, string associated, string plain, string expected)
    {
        Assert.SkipUnless(AesGcmCipher.IsSupported, "this processor has no AES instructions");
        var output = new byte[expected.Length / 2];
        using var cipher = new AesGcmCipher(Convert.FromHexString(key));

        cipher.Seal(Convert.FromHexString(iv), Convert.FromHexString(associated), Convert.FromHexString(plain), output);

        Assert.Equal(expected, Convert.ToHexStringLower(output));
        Assert.True(cipher.Open(Convert.FromHexString(iv), Convert.FromHexString(associated), output.AsSpan(0, plain.Length / 2), output.AsSpan(plain.Length / 2)));
        Assert.Equal(plain, Convert.ToHexStringLower(output.AsSpan(0, plain.Length / 2)));
    }

    [Fact]
    public void Seals_and_opens_every_length_as_another_implementation_does()
    {
        Assert.SkipUnless(AesGcmCipher.IsSupported, "this processor has no AES instructions");
        var random = new Random(7714);
        var key = new byte[16];
        var iv = new byte[GcmCipher.IvLength];
        for (var length = 0; length < 1500; length++)
        {
            random.NextBytes(key);
            random.NextBytes(iv);
            var associated = new byte[random.Next(64)];
            var plain = new byte[length];
            random.NextBytes(associated);
            random.NextBytes(plain);
            var expected = new byte[length + GcmCipher.TagLength];
            using var other = new AesGcm(key, GcmCipher.TagLength);
            other.Encrypt(iv, plain, expected.AsSpan(0, length), expected.AsSpan(length), associated);
            using var cipher = new AesGcmCipher(key);
            var output = new byte[expected.Length];
            var inPlace = new byte[expected.Length];
            plain.CopyTo(inPlace, 0);

            cipher.Seal(iv, associated, plain, output);
            cipher.Seal(iv, associated, inPlace.AsSpan(0, length), inPlace);
            using var library = new OpenSslGcmCipher(key);
            var byLibrary = new byte[expected.Length];
            Assert.True(library.Seal(iv, associated, plain, byLibrary));

            Assert.Equal(expected, byLibrary);
            Assert.Equal(expected, output);
            Assert.Equal(expected, inPlace);
            foreach (GcmCipher opener in new GcmCipher[] { cipher, library })
            {
                var text = expected.ToArray();
                Assert.True(opener.Open(iv, associated, text.AsSpan(0, length), expected.AsSpan(length)));
                Assert.Equal(plain, text.AsSpan(0, length).ToArray());
            }
        }
    }

    [Fact]
    public void One_wrong_bit_anywhere_is_a_forgery()
    {
        Assert.SkipUnless(AesGcmCipher.IsSupported, "this processor has no AES instructions");
        var random = new Random(38);
        var iv = new byte[GcmCipher.IvLength];
        var associated = new byte[20];
        using var cipher = new AesGcmCipher(new byte[16]);
        for (var length = 0; length < 300; length += 7)
        {
            random.NextBytes(iv);
            random.NextBytes(associated);
            var packet = new byte[length + GcmCipher.TagLength];
            cipher.Seal(iv, associated, packet.AsSpan(0, length), packet);
            for (var bit = 0; bit < (associated.Length + packet.Length) * 8; bit++)
            {
                var forged = associated.Concat(packet).ToArray();
                forged[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.False(cipher.Open(iv, forged.AsSpan(0, associated.Length), forged.AsSpan(associated.Length, length), forged.AsSpan(associated.Length + length)));
            }
        }
    }

    [Fact]
    public void Writes_nothing_beyond_the_output()
    {
        Assert.SkipUnless(AesGcmCipher.IsSupported, "this processor has no AES instructions");
        using var cipher = new AesGcmCipher(new byte[16]);
        for (var length = 0; length < 300; length++)
        {
            var around = Enumerable.Repeat((byte)0xA5, length + GcmCipher.TagLength + 64).ToArray();

            cipher.Seal(new byte[12], [], new byte[length], around.AsSpan(32, length + GcmCipher.TagLength));

            Assert.All(around.AsSpan(0, 32).ToArray(), b => Assert.Equal(0xA5, b));
            Assert.All(around.AsSpan(32 + length + GcmCipher.TagLength).ToArray(), b => Assert.Equal(0xA5, b));
        }
    }

    [Fact]
    public void A_disposed_cipher_refuses_and_so_are_wrong_lengths()
    {
        Assert.SkipUnless(AesGcmCipher.IsSupported, "this processor has no AES instructions");
        var cipher = new AesGcmCipher(new byte[16]);
        Assert.Throws<ArgumentOutOfRangeException>(() => cipher.Seal(new byte[12], [], new byte[10], new byte[25]));
        Assert.Throws<ArgumentOutOfRangeException>(() => cipher.Seal(new byte[16], [], new byte[10], new byte[26]));

        Assert.Throws<ArgumentOutOfRangeException>(() => cipher.Open(new byte[12], [], new byte[10], new byte[15]));
        Assert.Throws<ArgumentOutOfRangeException>(() => cipher.Open(new byte[16], [], new byte[10], new byte[16]));

        cipher.Dispose();
        cipher.Dispose();

        Assert.Throws<ObjectDisposedException>(() => cipher.Seal(new byte[12], [], new byte[10], new byte[26]));
        Assert.Throws<ObjectDisposedException>(() => cipher.Open(new byte[12], [], new byte[10], new byte[16]));
    }
}
