namespace Podcast.Emulators.Ittybit.MediaWork.Simulated;

/// <summary>
/// Encodes H.264 (baseline, CAVLC): in a key frame every macroblock uses DC prediction without neighbours and has no residual,
/// which decodes to grey; every later frame skips all macroblocks. Syntax: ITU-T H.264, 7.3.
/// </summary>
internal sealed class GreyPicture(int width, int height)
{
    private const int Macroblock = 16;
    private readonly int columns = (width + Macroblock - 1) / Macroblock;
    private readonly int rows = (height + Macroblock - 1) / Macroblock;

    public int Width => width;

    public int Height => height;

    /// <summary>The sequence parameter set, with its NAL header.</summary>
    public byte[] SequenceParameters()
    {
        var bits = new BitWriter(0x67);
        bits.Bits(66, 8);               // profile: baseline
        bits.Bits(0xC0, 8);             // constraint_set0 and constraint_set1
        bits.Bits(52, 8);               // level 5.2
        bits.Golomb(0);                 // id
        bits.Golomb(12);                // frame_num has 16 bits
        bits.Golomb(2);                 // output order is decoding order
        bits.Golomb(1);                 // one reference frame
        bits.Bits(0, 1);                // no gaps in frame_num
        bits.Golomb(columns - 1);
        bits.Golomb(rows - 1);
        bits.Bits(1, 1);                // frames only
        bits.Bits(1, 1);                // direct_8x8_inference
        bits.Bits(1, 1);                // cropping, in units of two pixels: left, right, top, bottom
        bits.Golomb(0);
        bits.Golomb(((columns * Macroblock) - width) / 2);
        bits.Golomb(0);
        bits.Golomb(((rows * Macroblock) - height) / 2);
        bits.Bits(0, 1);                // no VUI
        return bits.End();
    }

    /// <summary>The picture parameter set, with its NAL header.</summary>
    public static byte[] PictureParameters()
    {
        var bits = new BitWriter(0x68);
        bits.Golomb(0);                 // id
        bits.Golomb(0);                 // id of the sequence parameters
        bits.Bits(0, 2);                // CAVLC, no field order
        bits.Golomb(0);                 // one slice group
        bits.Golomb(0);                 // one reference in list 0
        bits.Golomb(0);                 // and in list 1
        bits.Bits(0, 3);                // no weighted prediction
        bits.Golomb(0);                 // pic_init_qp 26
        bits.Golomb(0);                 // pic_init_qs 26
        bits.Golomb(0);                 // chroma_qp_index_offset
        bits.Bits(0b100, 3);            // slices may switch deblocking off; nothing else
        return bits.End();
    }

    public byte[] KeyFrame()
    {
        var bits = new BitWriter(0x65);
        Slice(bits, type: 7, number: 0);
        bits.Golomb(0);                 // idr_pic_id
        bits.Bits(0, 2);                // dec_ref_pic_marking
        Quantiser(bits);
        for (var block = 0; block < columns * rows; block++)
            bits.Bits(0b00100_1_1_1, 8); // I_16x16 predicted from DC, no coefficients; chroma DC; same quantiser; no luma DC
        return bits.End();
    }

    public byte[] SameAgain(int number)
    {
        var bits = new BitWriter(0x41);
        Slice(bits, type: 5, number);
        bits.Bits(0, 3);                // default references, no reordering, sliding window
        Quantiser(bits);
        bits.Golomb(columns * rows);    // mb_skip_run
        return bits.End();
    }

    private static void Slice(BitWriter bits, int type, int number)
    {
        bits.Golomb(0);                 // first_mb_in_slice
        bits.Golomb(type);
        bits.Golomb(0);                 // picture parameters
        bits.Bits(number & 0xFFFF, 16); // frame_num
    }

    private static void Quantiser(BitWriter bits)
    {
        bits.Golomb(0);                 // slice_qp_delta
        bits.Golomb(1);                 // no deblocking
    }
}
