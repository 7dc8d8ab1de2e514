import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Answers on the connection itself, at once, what takes nothing but memory to answer.
///
/// Such a request meets no task, no router, and no writer that could wait. All others go on to them, and so does whatever
/// comes while an earlier one has no answer yet, because answers come in the order of their requests (RFC 9112, section
/// 9.3.2), and whatever comes while the client does not take its answers.
final class PromptAnswers: ChannelDuplexHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let answer: PromptChannel.Answer
    private var date = CurrentDate()
    /// Requests that went on and have no answer yet.
    private var passedOn = 0
    /// The request that is being read has its answer; the rest of it means nothing.
    private var isAnswered = false
    private var owesFlush = false

    init(_ answer: @escaping PromptChannel.Answer) { self.answer = answer }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head(let head) = unwrapInboundIn(data) {
            let ready = passedOn == 0 && context.channel.isWritable && head.keepsConnection ? answer(head) : nil
            isAnswered = ready != nil
            if let ready { write(ready, context) } else { passedOn += 1 }
        }
        if !isAnswered { context.fireChannelRead(data) }
    }

    /// What was read together is answered together: each flush is a system call.
    func channelReadComplete(context: ChannelHandlerContext) {
        if owesFlush {
            owesFlush = false
            context.flush()
        }
        context.fireChannelReadComplete()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { passedOn -= 1 }
        context.write(data, promise: promise)
    }

    private func write(_ answer: ReadyAnswer, _ context: ChannelHandlerContext) {
        var head = answer.head
        head.headerFields.append(HTTPField(name: .date, value: date.now()))
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if answer.body.readableBytes > 0 { context.write(wrapOutboundOut(.body(answer.body)), promise: nil) }
        context.write(wrapOutboundOut(.end(nil)), promise: nil)
        owesFlush = true
    }
}

extension HTTPRequest {
    /// False when `Connection` says something else than that it stays as it is (RFC 9112, section 9.3).
    fileprivate var keepsConnection: Bool {
        !headerFields.contains { $0.name == .connection && $0.value.lowercased() != "keep-alive" }
    }
}
