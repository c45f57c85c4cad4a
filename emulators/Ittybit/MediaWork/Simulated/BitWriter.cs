using System.Numerics;

namespace Podcast.Emulators.Ittybit.MediaWork.Simulated;

/// <summary>Writes one H.264 NAL unit, bit by bit.</summary>
internal sealed class BitWriter(byte header)
{
    private readonly List<byte> bytes = [header];
    private int current;
    private int filled;
    private int zeros;

    public void Bits(int value, int count)
    {
        while (--count >= 0)
        {
            current = (current << 1) | ((value >> count) & 1);
            if (++filled == 8)
                Flush();
        }
    }

    /// <summary>Writes an unsigned Exp-Golomb code; 0 has the same code in the signed form.</summary>
    public void Golomb(int value)
    {
        var length = BitOperations.Log2((uint)value + 1) + 1;
        Bits(0, length - 1);
        Bits(value + 1, length);
    }

    /// <summary>Writes the stop bit and returns the unit.</summary>
    public byte[] End()
    {
        Bits(1, 1);
        while (filled != 0)
            Bits(0, 1);
        return [.. bytes];
    }

    private void Flush()
    {
        if (zeros == 2 && current <= 3)
        {
            bytes.Add(3); // escapes two zeros before a small byte, which would be read as a start code
            zeros = 0;
        }

        bytes.Add((byte)current);
        zeros = current == 0 ? zeros + 1 : 0;
        current = 0;
        filled = 0;
    }
}
