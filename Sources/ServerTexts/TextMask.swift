/// Replaces in a text what differs between servers that share it, so that what is left compares.
///
/// | in the text | in the mask |
/// |---|---|
/// | a URL: scheme and `://`, or `www.` | `<U>` |
/// | a Bitcoin address or other payment destination, by its form | `<A>` |
/// | 16 hexadecimal digits and more, of which one is a letter and one is not | `<H>` |
/// | an extended key or payment code with a right checksum | `<K>` |
/// | an ISO 8601 date, with its time where `T` joins one to it | `<D>` |
/// | numbers with dots between them, such as versions and IPv4 addresses | `<V>` |
/// | an integer of four digits and more, or with commas between its thousands | `<N>` |
///
/// Words, shorter numbers, punctuation, e-mail addresses and bare host names stay as they are, in
/// the form that `CleanText` gives them. A mask is its own mask, has at most as many characters as
/// the clean text, and takes time in proportion to its length.
public enum TextMask {
  public static func mask(_ text: String) -> String {
    var scanner = MaskScanner(CleanText.scalars(of: text), rules: .banner)
    return scanner.masked()
  }
}
