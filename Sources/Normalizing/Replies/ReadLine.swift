import Digests
import ElectrumProtocol
import Foundation
import ServerTexts

/// What a line says to a request, whoever sent it and when.
///
/// A class, since the replies of many servers share one.
final class ReadLine: Sendable {
  let byteCount: Int
  let shape: WireShape
  /// Keys of the reply object in the order sent; nil where it has none.
  let keyOrder: String?
  let errorCode: Int?
  let errorMessage: String?
  let errorMasked: String?
  /// Digest of the exact error text where credentials in it were replaced; else nil.
  let errorExactSHA256: String?
  let result: WireValue?
  let resultKind: String?
  let resultSkeleton: String?
  /// The line in base64 where a text in it had to be repaired; nil: texts are exact.
  let inexactLine: String?

  /// - Parameters:
  ///   - request: id of the request that the line answers; nil: not known.
  ///   - elements: of lists that were read before.
  /// - Returns: nil where the line is no JSON.
  init?(_ line: ArraySlice<UInt8>, to request: Int?, elements: ElementMemory? = nil) {
    guard let document = try? WireDocument(parsing: line, elements: elements) else { return nil }
    byteCount = line.count
    shape = document.shape
    let keys = shape.topKeys.joined(separator: ",")
    keyOrder = shape.topKeys.isEmpty ? nil : Credentials.redacted(text: keys) ?? keys
    let replies = ElectrumMessage(document.value).replies
    let reply = replies.first { $0.number == request } ?? replies.first
    errorCode = reply?.error?.code
    let message = reply?.error?.message
    let redacted = message.flatMap { Credentials.redacted(text: $0) }
    errorMessage = redacted ?? message
    errorExactSHA256 = redacted == nil ? nil : message.map { SHA256.hex($0.utf8) }
    errorMasked = errorMessage.map { ErrorMask.mask($0) }
    result = reply?.result
    resultKind = result?.kindName
    resultSkeleton = result.map { TypeSkeleton.text(of: $0) }
    let isInexact = document.repairs.contains { $0.kind.losesText }
    inexactLine = isInexact ? Data(line).base64EncodedString() : nil
  }
}

extension WireDefect.Kind {
  /// Whether U+FFFD stands in a text for what was sent.
  fileprivate var losesText: Bool { self == .invalidUTF8 || self == .loneSurrogate }
}
