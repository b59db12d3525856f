import ElectrumProtocol
import NIOCore
import NIOPosix
import TLSChannel

/// A raw client: sends requests as they are and collects lines.
struct ProbeClient {
  struct Closed: Error {}

  private let channel: any Channel
  private var iterator: AsyncStream<[UInt8]>.Iterator

  static func connect(
    _ address: String, _ port: Int, tls: TLSClientContext? = nil
  ) async throws -> ProbeClient {
    let (stream, continuation) = AsyncStream.makeStream(of: [UInt8].self)
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          if let tls {
            try channel.pipeline.syncOperations.addHandler(
              TLSClientHandler(context: tls, serverName: "x.example"))
          }
          try channel.pipeline.syncOperations.addHandler(LineCollector(continuation))
        }
      }
      .connect(host: address, port: port).get()
    return ProbeClient(channel: channel, stream: stream)
  }

  private init(channel: any Channel, stream: AsyncStream<[UInt8]>) {
    self.channel = channel
    iterator = stream.makeAsyncIterator()
  }

  /// The next line the server sends; nil once it closed.
  mutating func line() async -> [UInt8]? { await iterator.next() }

  mutating func ask(_ method: String, _ params: [WireValue] = []) async throws -> ElectrumReply {
    try await channel.writeAndFlush(
      ByteBuffer(bytes: ElectrumRequest(id: 1, method: method, params: params).encoded()))
    guard let line = await line() else { throw Closed() }
    guard let reply = ElectrumMessage(try WireDocument(parsing: line).value).replies.first else {
      throw Closed()
    }
    return reply
  }

  func send(_ text: String) async throws {
    try await channel.writeAndFlush(ByteBuffer(string: text))
  }

  func close() async { try? await channel.close() }
}

private final class LineCollector: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let continuation: AsyncStream<[UInt8]>.Continuation
  private var splitter = LineSplitter()

  init(_ continuation: AsyncStream<[UInt8]>.Continuation) {
    self.continuation = continuation
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    splitter.append(unwrapInboundIn(data))
    while let line = try? splitter.next() { continuation.yield(Array(line)) }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    continuation.finish()
  }
}
