import Digests
import Dispatch
import Foundation

/// The uncompressed bytes of a gzip file, inflated ahead of the reader on another thread.
///
/// At most `depth` chunks of 256 KiB are in flight, so memory is constant.
public final class ByteSource {
  private static let chunkSize = 1 << 18
  private static let depth = 6

  private let shared: Queue

  /// - Parameters:
  ///   - path: a gzip file, or `-` for standard input.
  ///   - allowsPadding: whether zeros behind the last member are passed over.
  public init(path: String, allowsPadding: Bool = false) throws(ArtifactError) {
    let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let number = errno
      let code: ArtifactError.Code = number == ENOENT ? .missing : .inputOutput
      throw ArtifactError(
        code, file: path, expected: "a readable file", found: systemErrorText(number))
    }
    shared = Queue(
      descriptor: descriptor, file: path, depth: Self.depth, allowsPadding: allowsPadding)
    let queue = shared
    Thread.detachNewThread { queue.produce(chunkSize: Self.chunkSize) }
  }

  deinit { shared.cancel() }

  /// The next chunk; nil at the end of an intact file.
  public func next() throws(ArtifactError) -> [UInt8]? { try shared.take() }

  /// Digest and size of the compressed file; valid after `next` returned nil.
  var file: (sha256: String, bytes: Int) { shared.file }
}

/// A bounded queue between the inflating thread and the reader.
private final class Queue: @unchecked Sendable {
  // All mutable state below is guarded by `condition`, but for what only the producer touches.
  private let condition = NSCondition()
  private var chunks: [[UInt8]] = []
  private var isFinished = false
  private var isCancelled = false
  private var failure: ArtifactError?
  private let depth: Int
  private let descriptor: Int32
  private let name: String
  private let allowsPadding: Bool
  private(set) var file: (sha256: String, bytes: Int) = ("", 0)

  init(descriptor: Int32, file: String, depth: Int, allowsPadding: Bool) {
    self.allowsPadding = allowsPadding
    self.descriptor = descriptor
    self.name = file
    self.depth = depth
  }

  func cancel() {
    condition.withLock {
      isCancelled = true
      condition.broadcast()
    }
  }

  func take() throws(ArtifactError) -> [UInt8]? {
    condition.lock()
    defer { condition.unlock() }
    while chunks.isEmpty && !isFinished { condition.wait() }
    if !chunks.isEmpty {
      condition.broadcast()
      return chunks.removeFirst()
    }
    if let failure { throw failure }
    return nil
  }

  private func put(_ chunk: [UInt8]) -> Bool {
    condition.withLock {
      while chunks.count >= depth && !isCancelled { condition.wait() }
      chunks.append(chunk)
      condition.broadcast()
      return !isCancelled
    }
  }

  func produce(chunkSize: Int) {
    var caught: ArtifactError?
    do throws(ArtifactError) {
      try inflateAll(chunkSize: chunkSize)
    } catch {
      caught = error.located(file: name)
    }
    if descriptor != STDIN_FILENO { close(descriptor) }
    condition.withLock {
      failure = caught
      isFinished = true
      condition.broadcast()
    }
  }

  private func inflateAll(chunkSize: Int) throws(ArtifactError) {
    var decompressor = GzipDecompressor(allowsPadding: allowsPadding)
    let digest = SHA256()
    var size = 0
    let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { input.deallocate() }
    var output = [UInt8](repeating: 0, count: chunkSize)
    var filled = 0
    while true {
      let count = read(descriptor, input.baseAddress, input.count)
      guard count >= 0 else {
        if errno == EINTR { continue }
        throw ArtifactError(
          .inputOutput, expected: "a readable file", found: systemErrorText(errno))
      }
      if count == 0 { break }
      size += count
      var rest = UnsafeRawBufferPointer(rebasing: input[..<count])
      digest.update(rest)
      // With a full output zlib may hold inflated bytes back although the input is used up.
      var outputWasFull = false
      repeat {
        let result = try output.withUnsafeMutableBufferPointer { buffer throws(ArtifactError) in
          try decompressor.inflate(
            rest,
            into: UnsafeMutableRawBufferPointer(
              UnsafeMutableBufferPointer(rebasing: buffer[filled...])))
        }
        rest = UnsafeRawBufferPointer(rebasing: rest[result.consumed...])
        filled += result.produced
        outputWasFull = filled == chunkSize
        if outputWasFull {
          guard put(output) else { return }
          filled = 0
        }
      } while !rest.isEmpty || outputWasFull
    }
    if filled > 0 { _ = put(Array(output[..<filled])) }
    if size == 0 {
      throw ArtifactError(.empty, expected: "a gzip file", found: "an empty file")
    }
    guard decompressor.isAtEnd else {
      throw ArtifactError(
        .truncated, expected: "the end of a gzip member", found: "the end of the file")
    }
    file = (digest.finish(), size)
  }
}
