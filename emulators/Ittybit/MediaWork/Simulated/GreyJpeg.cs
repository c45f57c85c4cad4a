using System.Buffers.Binary;

namespace Podcast.Emulators.Ittybit.MediaWork.Simulated;

/// <summary>
/// Writes a valid grey JPEG of any size (ITU-T T.81, baseline, one component): each block of 8x8 pixels is two bits, since both
/// Huffman tables have only one code, "no difference" and "end of block".
/// </summary>
internal static class GreyJpeg
{
    public static void Write(Stream stream, int width, int height)
    {
        Span<byte> sides = stackalloc byte[4];
        BinaryPrimitives.WriteUInt16BigEndian(sides, (ushort)height);
        BinaryPrimitives.WriteUInt16BigEndian(sides[2..], (ushort)width);

        stream.Write([0xFF, 0xD8]);                                                          // start of image
        stream.Write([0xFF, 0xE0, 0, 16, .. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]);         // JFIF 1.1, square pixels
        stream.Write([0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)1, 64)]);             // quantization table
        stream.Write([0xFF, 0xC0, 0, 11, 8, .. sides, 1, 1, 0x11, 0]);                       // frame: 8 bits, one component
        stream.Write([0xFF, 0xC4, 0, 20, 0x00, 1, .. new byte[15], 0]);                      // DC codes: one of one bit
        stream.Write([0xFF, 0xC4, 0, 20, 0x10, 1, .. new byte[15], 0]);                      // AC codes: one of one bit
        stream.Write([0xFF, 0xDA, 0, 8, 1, 1, 0x00, 0, 63, 0]);                              // start of scan

        var blocks = (width + 7) / 8 * ((height + 7) / 8);
        stream.Write(new byte[blocks / 4]);
        if (blocks % 4 is > 0 and var rest)
            stream.WriteByte((byte)(0xFF >> (rest * 2)));                                    // padded with ones
        stream.Write([0xFF, 0xD9]);                                                          // end of image
    }
}
