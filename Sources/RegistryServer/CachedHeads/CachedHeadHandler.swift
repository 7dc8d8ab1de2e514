import ConfigAccess
import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Answers on the connection itself, at once, what takes nothing but memory to answer.
///
/// Such a request meets no task, no router, and no writer that could wait, and its response is written in its encoded form,
/// behind the encoder. All others are passed on, as is a request that comes while an earlier one has no response yet, because
/// answers come in the order of their requests (RFC 9112, section 9.3.2), or while the client does not take its answers.
///
/// The gate decides here about every request, and its decision goes along with those that are passed on.
final class CachedHeadHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let gate: any RequestGate
    private let admissions: PendingAdmissions
    private let answer: CachedHeadChannel.Answer
    /// The proxies that pass on the requests of others; nil when clients connect themselves.
    private let proxies: ProxyNetworks?
    /// What is written here comes to no handler that knows of HTTP.
    private let encoder: ChannelHandlerContext
    /// What is counted on the connection's event loop; nil where nothing is.
    private let figures: EventLoopFigures?
    private var start = StatusLine()
    /// Nil before the first request, because a connection has its certificate only after the handshake.
    private var connection: ClientConnection?
    /// Requests that went on and have no response yet.
    private var passedOn = 0
    /// The request that is being read has its response; the rest of it means nothing.
    private var isAnswered = false
    /// The encoder still takes what it is given for chunks (RFC 9112, section 7.1), and would end them once more.
    private var encodesChunks = false
    private var needsFlush = false

    init(
        gate: any RequestGate, admissions: PendingAdmissions, encoder: ChannelHandlerContext,
        proxies: ProxyNetworks? = nil, figures: EventLoopFigures? = nil, _ answer: @escaping CachedHeadChannel.Answer
    ) {
        self.gate = gate
        self.admissions = admissions
        self.answer = answer
        self.proxies = proxies
        self.encoder = encoder
        self.figures = figures
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head(let head) = unwrapInboundIn(data) {
            let beganAt = figures?.begin()
            let connection = client(head, context.channel)
            let decision = gate.admit(head, on: connection)
            let isNext = passedOn == 0 && !encodesChunks && context.channel.isWritable
            if isNext, let plain = PlainRequest(head), case .admitted(let principal) = decision,
                let ready = answer(head, principal),
                gate.limits?.take(.read, of: principal, on: connection) == nil
            {
                isAnswered = true
                write(ready, plain.requestID, context)
                figures?.count(ready.status, since: beganAt)
            } else {
                isAnswered = false
                passedOn += 1
                admissions.append(Admission(decision: decision, connection: connection))
            }
        }
        if !isAnswered { context.fireChannelRead(data) }
    }

    /// What is known of the client. A proxy may send requests of several clients on one connection.
    private func client(_ head: HTTPRequest, _ channel: any Channel) -> ClientConnection {
        var client = connection ?? ClientConnection(channel)
        if let proxies, let peer = channel.remoteAddress?.ipAddress {
            let address = proxies.clientAddress(
                peer: peer, forwardedFor: head.headerFields.filter { $0.name == .forwardedFor }.map(\.value))
            if address != client.address { client = ClientConnection(address: address) }
        }
        connection = client
        return client
    }

    /// What was read together is answered together: each flush is a system call.
    func channelReadComplete(context: ChannelHandlerContext) {
        if needsFlush {
            needsFlush = false
            context.flush()
        }
        context.fireChannelReadComplete()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head): encodesChunks = head.isChunked
        case .body: break
        case .end: passedOn -= 1
        }
        context.write(data, promise: promise)
    }

    /// - Parameter requestID: what the client calls its request.
    private func write(_ answer: PreencodedResponse, _ requestID: String?, _ context: ChannelHandlerContext) {
        encoder.write(NIOAny(IOData.byteBuffer(start.bytes(answer.status))), promise: nil)
        if let requestID {
            let line = ByteBuffer(string: "\(HTTPField.Name.requestID.rawName): \(requestID)\r\n")
            encoder.write(NIOAny(IOData.byteBuffer(line)), promise: nil)
        }
        encoder.write(NIOAny(IOData.byteBuffer(answer.fieldLines)), promise: nil)
        if answer.body.readableBytes > 0 { encoder.write(NIOAny(IOData.byteBuffer(answer.body)), promise: nil) }
        // No byte, but those on the way learn that the request has its response.
        context.write(wrapOutboundOut(.end(nil)), promise: nil)
        needsFlush = true
    }
}

/// What is looked up in a request's fields before it may be answered here, in one pass over them.
private struct PlainRequest {
    /// What the client calls it; nil when it says nothing.
    var requestID: String?

    /// Nil when the connection is not to stay as it is (RFC 9112, section 9.3), the client waits for 100 (Continue), the target is
    /// none, or the name of the request cannot be sent back.
    init?(_ head: HTTPRequest) {
        guard head.hasValidTarget else { return nil }
        for field in head.headerFields {
            switch field.name {
            case .connection: guard field.value.lowercased() == "keep-alive" else { return nil }
            case .expect: return nil
            case .requestID:
                guard requestID == nil, RequestFacts.isValid(field.value) else { return nil }
                requestID = field.value
            default: break
            }
        }
    }
}

extension HTTPResponse {
    /// True when the encoder has to send the body in chunks, because its length is not known before.
    fileprivate var isChunked: Bool {
        switch status {
        case .noContent, .notModified: false
        default: status.kind != .informational && !headerFields.contains { $0.name == .contentLength }
        }
    }
}
