import ConfigModel
import ConfigRegistry
import Hummingbird

extension WriteRoutes {
    /// `DELETE /api/configs/{service}`: a tombstone.
    func delete(
        _ request: Request, _ context: ServerContext, _ identity: WriteIdentity
    ) async throws -> Response {
        let query = try request.query(["environment", "expected_version", "comment", "created_by"])
        let deletion = ChangeRequest(
            .delete, of: try request.documentKey(context, query),
            expected: try WriteCondition.read(
                request.headers, queryVersion: query.integer("expected_version", in: 0...(.max))),
            origin: origin(identity, author: query["created_by"], comment: query["comment"]))
        try context.authorise(.document(deletion.key))
        try await bodies.refuseBody(of: request)
        guard let deleted = try await registry.write(deletion) else {
            return .json { $0.member("deleted", 0) }
        }
        let fields = HeadFields.identity(of: deleted.record, epoch: registry.epoch)
        return .json(headers: fields) { answer in
            answer.member("deleted", 1)
            answer.member("version", deleted.record.version)
        }
    }

    /// `POST /api/configs/{service}/rollback`: the content of an earlier version once more.
    func rollback(
        _ request: Request, _ context: ServerContext, _ identity: WriteIdentity
    ) async throws -> Response {
        let query = try request.query(["environment", "expected_version"])
        let key = try request.documentKey(context, query)
        try context.authorise(.document(key))
        _ = try RequestMediaType(request.headers[.contentType], allowed: [.json])
        let hint = "Send {\"to_version\": n, \"comment\": \"...\"}."
        let fields = try BodyFields(
            try await bodies.bytes(of: request), known: ["to_version", "comment", "created_by", "expected_version"],
            maximumDepth: contents.envelopeDepth, hint: hint)
        guard let version = try fields.integer("to_version", from: 1) else {
            throw Problem(.invalidField, "The field to_version is missing. \(hint)").with("pointer", "/to_version")
        }
        let expected = try WriteCondition.read(
            request.headers, queryVersion: query.integer("expected_version", in: 0...(.max)),
            bodyVersion: fields.integer("expected_version", from: 0))
        let rollback = ChangeRequest(
            .rollback(toVersion: version), of: key, expected: expected,
            origin: origin(identity, author: try fields.text("created_by"), comment: try fields.text("comment")))
        return recordResponse(try await registry.publish(rollback).record, to: request)
    }
}
