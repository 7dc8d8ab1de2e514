import ConfigModel
import ConfigRegistry
import HTTPTypes
import Hummingbird

extension WriteRoutes {
    /// `POST /api/configs/{service}`: the first version, or the first after a deletion.
    func create(
        _ request: Request, _ context: ServerContext, _ identity: WriteIdentity
    ) async throws -> Response {
        let change = try await publication(request, context, identity, mode: .create)
        let published = try await registry.publish(change)
        var response = recordResponse(published.record, to: request, status: .created)
        response.headers[.location] = "/api/configs/\(change.key.service)?environment=\(change.key.environment)"
        return response
    }

    /// `PUT /api/configs/{service}`: the next version of a living document.
    func update(
        _ request: Request, _ context: ServerContext, _ identity: WriteIdentity
    ) async throws -> Response {
        let change = try await publication(request, context, identity, mode: .update)
        return recordResponse(try await registry.publish(change).record, to: request)
    }

    private func publication(
        _ request: Request, _ context: ServerContext, _ identity: WriteIdentity, mode: PublishMode
    ) async throws -> ChangeRequest {
        let query = try request.query(["environment", "expected_version"])
        let key = try request.documentKey(context, query)
        try context.authorise(.document(key))
        _ = try RequestMediaType(request.headers[.contentType], allowed: [.json])
        let body = try await bodies.bytes(of: request)
        let contents = contents
        let (fields, content) = try await work.forRequest(on: context.channel).run(body.count) { _ in
            let fields = try BodyFields(
                body, known: ["config_data", "comment", "created_by", "expected_version"],
                maximumDepth: contents.envelopeDepth, hint: "The content itself belongs into config_data.")
            return (fields, Result { () throws(Problem) in try contents.content(fields) })
        }
        let expected = try WriteCondition.read(
            request.headers, queryVersion: query.integer("expected_version", in: 0...(.max)),
            bodyVersion: fields.integer("expected_version", from: 0), takesAny: mode == .update)
        return ChangeRequest(
            .publish(try content.get(), mode), of: key, expected: expected,
            origin: origin(identity, author: try fields.text("created_by"), comment: try fields.text("comment")))
    }
}
