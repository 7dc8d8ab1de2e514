import Hummingbird
import NIOCore
import RegistryAPI

/// Answers every error with a problem document.
struct ProblemMiddleware: RouterMiddleware {
    typealias Context = ServerContext

    let translator: ProblemTranslator

    func handle(
        _ request: Request, context: ServerContext, next: @concurrent (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            let problem = translator.problem(from: error, logger: context.logger)
            return problem.closesConnection ? closing(problem, context.channel) : problem.response
        }
    }

    /// The response, after which the connection is closed because the rest of the request was not read.
    private func closing(_ problem: Problem, _ channel: any Channel) -> Response {
        var response = problem.response
        let bytes = problem.shown.jsonBytes
        response.body = ResponseBody(contentLength: bytes.count) { writer in
            try await writer.write(ByteBuffer(bytes: bytes))
            try await writer.finish(nil)
            channel.closeAfterAnswer()
        }
        return response
    }
}
