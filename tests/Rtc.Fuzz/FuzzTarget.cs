namespace Classroom.Rtc.Fuzz;

/// <summary>A parser under test: what it is fed to begin with, and one run.</summary>
public abstract class FuzzTarget : IDisposable
{
    /// <summary>Name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>Well-formed inputs from which mutation starts.</summary>
    public abstract IReadOnlyList<byte[]> Corpus { get; }

    /// <summary>Longest input in bytes; more than a datagram holds by default.</summary>
    public virtual int MaxLength => 1600;

    /// <summary>Bytes of managed memory that one input may take at most.</summary>
    public virtual long AllocationLimit => 16 * 1024;

    /// <summary>
    /// Feeds one input; must not throw. The result tells how far the parser got: inputs with a result not seen before
    /// join the corpus.
    /// </summary>
    public abstract int Run(byte[] input);

    public virtual void Dispose() => GC.SuppressFinalize(this);

    /// <summary>An invariant that must hold for every input.</summary>
    protected static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new InvalidOperationException(message);
        }
    }
}
