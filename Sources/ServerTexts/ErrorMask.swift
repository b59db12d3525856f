/// Replaces in an error text what depends on the request and on the chain, so that one release
/// gives one mask.
///
/// As `TextMask`, and besides:
///
/// | in the text | in the mask |
/// |---|---|
/// | what a known error text repeats of the request, Python representations included | `<E>` |
/// | 16 hexadecimal digits and more, of which one is a letter | `<H>` |
/// | any number after `height`, `position` or `block` | `<N>` |
///
/// Other short numbers stay: counts of arguments and limits are the release's own.
public enum ErrorMask {
  public static func mask(_ text: String) -> String {
    var text = CleanText.clean(text)
    for template in EchoTemplate.all {
      text = template.applied(to: text) ?? text
    }
    var scanner = MaskScanner(CleanText.scalars(of: text), rules: .error)
    return scanner.masked()
  }
}
