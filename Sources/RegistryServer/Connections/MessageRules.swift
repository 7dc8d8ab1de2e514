import HTTPTypes
import NIOCore
import NIOHTTP1
import RegistryAPI

/// What HTTP/1 asks of a server between the parser and all that knows only one kind of request and response.
///
/// * HTTP/1.0 is answered without chunks, and its connection is closed behind the response, as is one whose client wants
///   that (RFC 9112, sections 6.1 and 9.3).
/// * The host of a target in absolute form takes the place of `Host` (RFC 9112, section 3.2.2).
/// * What is not HTTP, or does not arrive in time, is answered with a problem document, and the connection is closed.
final class MessageRules: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// The longest body of one request that is read, to be used or to be thrown away.
    private let maximumBodyBytes: Int
    private let deadlines: RequestDeadlines
    private var bodyBytes = 0
    /// Requests without a response.
    private var unanswered = 0
    /// The responses that are due before the last one; nil while there is no last one.
    private var answersBeforeLast: Int?
    /// The last request is one of HTTP/1.0.
    private var isOld = false
    private var isReadingLast = false
    /// Between a request's head and its end.
    private var isInRequest = false

    init(maximumBodyBytes: Int, deadlines: RequestDeadlines) {
        self.maximumBodyBytes = maximumBodyBytes
        self.deadlines = deadlines
    }

    /// The response that is being written must not be sent in chunks.
    var isAnswerPlain: Bool { isOld && answersBeforeLast == 0 }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        switch part {
        case .head(let head):
            deadlines.headArrived()
            isInRequest = true
            // Nothing is expected behind the last request.
            guard answersBeforeLast == nil else {
                isReadingLast = false
                return
            }
            bodyBytes = 0
            let request = begin(head)
            context.fireChannelRead(wrapInboundOut(.head(request)))
        case .body(let bytes):
            guard answersBeforeLast == nil || isReadingLast else { return }
            bodyBytes += bytes.readableBytes
            guard bodyBytes <= maximumBodyBytes else { return context.close(promise: nil) }
            context.fireChannelRead(data)
        case .end:
            deadlines.requestArrived()
            isInRequest = false
            if answersBeforeLast == nil || isReadingLast { context.fireChannelRead(data) }
            isReadingLast = false
        }
    }

    private func begin(_ head: HTTPRequestHead) -> HTTPRequestHead {
        var head = head
        let isOld = head.version != .http1_1
        if isOld || !head.isKeepAlive {
            self.isOld = isOld
            answersBeforeLast = unanswered
            isReadingLast = true
            head.headers.replaceOrAdd(name: "Connection", value: "close")
            // It means nothing there (RFC 9110, section 10.1.1).
            if isOld { head.headers.remove(name: "Expect") }
        }
        if let target = AbsoluteTarget(head.uri) {
            head.uri = target.path
            if head.headers["Host"].count <= 1 { head.headers.replaceOrAdd(name: "Host", value: target.authority) }
        }
        unanswered += 1
        return head
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head) where answersBeforeLast == 0 && head.status.code >= 200:
            head.headers.replaceOrAdd(name: "Connection", value: "close")
            if isOld { head.version = .http1_0 }
            return context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .end:
            unanswered -= 1
            guard let before = answersBeforeLast else { break }
            if before > 0 { answersBeforeLast = before - 1 } else { context.channel.closeAfterAnswer() }
        default: break
        }
        context.write(data, promise: promise)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case let error as HTTPParserError: answer(error, Problem(error), context)
        case let error as SlowRequest: answer(error, context)
        default: context.fireErrorCaught(error)
        }
    }

    private func answer(_ error: SlowRequest, _ context: ChannelHandlerContext) {
        let reading = error.part == .body ? 1 : 0
        // While earlier requests wait for their responses, the server may be the one that does not read.
        if unanswered > reading { return deadlines.startAgain() }
        answer(error, Problem(error), context)
    }

    /// Answers what is no request, unless a response is under way: then the code that writes it deals with the error.
    private func answer(_ error: any Error, _ problem: Problem, _ context: ChannelHandlerContext) {
        guard unanswered == 0, answersBeforeLast == nil else { return context.fireErrorCaught(error) }
        // It has its response.
        guard !isInRequest else { return context.close(promise: nil) }
        answersBeforeLast = 0
        let bytes = problem.shown.jsonBytes
        let headers: HTTPHeaders = [
            "Content-Type": "application/problem+json", "Cache-Control": "no-store",
            "Content-Length": String(bytes.count), "Connection": "close",
        ]
        let status = HTTPResponseStatus(statusCode: problem.status)
        let head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: bytes)))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        context.channel.closeAfterAnswer()
    }
}

extension Problem {
    /// Bytes that are not a request.
    fileprivate init(_ error: HTTPParserError) {
        switch error {
        case .headerOverflow:
            self.init(.headersTooLarge, "The request's target and header fields are too many or too long; send less.")
        default:
            self.init(.malformedRequest, "This is not a request of HTTP/1.1; check what is in front of the registry.")
        }
        closesConnection = true
    }
}

/// A request's target that names the server too: `http://127.0.0.1:8000/api/configs`.
struct AbsoluteTarget: Equatable {
    let authority: String
    /// With the query.
    let path: String

    /// Nil for a target in any other form.
    init?(_ target: String) {
        guard target.utf8.first != UInt8(ascii: "/"), let scheme = target.firstRange(of: "://"),
            ["http", "https"].contains(target[..<scheme.lowerBound].lowercased())
        else { return nil }
        let rest = target[scheme.upperBound...]
        let end = rest.firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? rest.endIndex
        authority = String(rest[..<end])
        path = rest[end...].first == "/" ? String(rest[end...]) : "/" + rest[end...]
    }
}
