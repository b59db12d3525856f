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

  /// Through a SOCKS5 proxy, with a user's name or none.
  static func connect(
    through proxy: String, user: String?, host: String, port: Int
  ) async throws -> ProbeClient {
    let (stream, continuation) = AsyncStream.makeStream(of: [UInt8].self)
    let place = proxy.split(separator: ":")
    let done = MultiThreadedEventLoopGroup.singleton.next().makePromise(of: Void.self)
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandlers([
            SOCKSClientHandler(user: user, host: host, port: port, done: done),
            LineCollector(continuation),
          ])
        }
      }
      .connect(host: String(place[0]), port: Int(place[1]) ?? 0).get()
    try await done.futureResult.get()
    return ProbeClient(channel: channel, stream: stream)
  }

  /// The proxy's reply, other than success.
  struct Refused: Error, Equatable {
    let reply: UInt8
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

  /// The client closes the connection by then.
  func giveUp(after time: TimeAmount) {
    let channel = channel
    channel.eventLoop.scheduleTask(in: time) { channel.close(promise: nil) }
  }

  func close() async { try? await channel.close() }
}

/// RFC 1928 from the client's side, message by message.
private final class SOCKSClientHandler: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let user: String?
  private let request: [UInt8]
  private let done: EventLoopPromise<Void>
  private var received: [UInt8] = []
  private var step = 0

  init(user: String?, host: String, port: Int, done: EventLoopPromise<Void>) {
    self.user = user
    self.done = done
    request =
      [5, 1, 0, 3, UInt8(host.utf8.count)] + Array(host.utf8) + [
        UInt8(port >> 8), UInt8(port & 255),
      ]
  }

  func channelActive(context: ChannelHandlerContext) {
    send(user == nil ? [5, 1, 0] : [5, 2, 0, 2], context)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    received += Array(unwrapInboundIn(data).readableBytesView)
    while step < 2, received.count >= 2 {
      let answer = Array(received.prefix(2))
      received.removeFirst(2)
      if step == 0, answer[1] == 2 {
        step = 1
        let name = Array((user ?? "").utf8)
        send([1, UInt8(name.count)] + name + [1, 120], context)
      } else {
        step = 2
        send(request, context)
      }
    }
    guard step == 2, received.count >= 10 else { return }
    step = 3
    if received[1] == 0 {
      done.succeed()
    } else {
      done.fail(ProbeClient.Refused(reply: received[1]))
    }
    let rest = Array(received.dropFirst(10))
    if !rest.isEmpty { context.fireChannelRead(wrapInboundOut(ByteBuffer(bytes: rest))) }
    context.pipeline.syncOperations.removeHandler(context: context, promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    if step < 3 { done.fail(ProbeClient.Closed()) }
    context.fireChannelInactive()
  }

  private func send(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
  }
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
