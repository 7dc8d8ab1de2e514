import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTP1
import RegistryAPI
import Synchronization

/// Answers `Expect: 100-continue` (RFC 9110, section 10.1.1): with 100 as soon as the body is wanted, or at once with what
/// the response is without it.
struct ExpectationMiddleware: RouterMiddleware {
    typealias Context = ServerContext

    let translator: ProblemTranslator
    let options: RegistryServerOptions

    func handle(
        _ request: Request, context: ServerContext, next: @concurrent (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        guard let expectation = request.headers[.expect] else { return try await next(request, context) }
        let invitation = BodyInvitation(context.channel)
        do {
            guard expectation.lowercased() == "100-continue" else {
                throw Problem(.expectationFailed, "The registry knows only Expect: 100-continue; leave the header out.")
            }
            let maximumBytes = options.maximumBytes(at: request.uri.path)
            if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > maximumBytes {
                throw RequestBodyReader(maximumBytes: maximumBytes).tooLarge(closing: true)
            }
            var request = request
            request.body = RequestBody(asyncSequence: InvitedBody(body: request.body, invitation: invitation))
            return try await next(request, context)
        } catch {
            var problem = translator.problem(from: error, logger: context.logger)
            // A client that got no 100 may send its body or not, so that what comes next on the connection is unclear.
            if !invitation.wasSent { problem.closesConnection = true }
            throw problem
        }
    }
}

/// The interim answer after which a client sends its body.
private final class BodyInvitation: Sendable {
    private let channel: any Channel
    private let isSent = Atomic(false)

    var wasSent: Bool { isSent.load(ordering: .relaxed) }

    init(_ channel: any Channel) { self.channel = channel }

    /// Sends it once, behind what was written before.
    func send() {
        guard !isSent.exchange(true, ordering: .relaxed) else { return }
        channel.eventLoop.execute { [channel] in
            let context = try? channel.pipeline.syncOperations.context(handlerType: HTTPResponseEncoder.self)
            context?.writeAndFlush(
                NIOAny(IOData.byteBuffer(ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n"))), promise: nil)
        }
    }
}

/// A body for which the client gets 100 (Continue) when it is read.
private struct InvitedBody: AsyncSequence, Sendable {
    let body: RequestBody
    let invitation: BodyInvitation

    struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var body: RequestBody.AsyncIterator
        fileprivate let invitation: BodyInvitation

        mutating func next(isolation actor: isolated (any Actor)?) async throws -> ByteBuffer? {
            invitation.send()
            return try await body.next(isolation: actor)
        }
    }

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(body: body.makeAsyncIterator(), invitation: invitation)
    }
}
