import ConfigModel
import RegistryAPI
import Testing

/// What a client writes is what a server reads.
@Suite struct WriteRequestTests {
    private let key: DocumentKey
    private let content: Content

    init() throws {
        key = try DocumentKey(service: "parsing", environment: "prod")
        content = try Content(parsing: Array(#"{"a":[1,2.50,null],"é":{}}"#.utf8))
    }

    /// What the query and the headers say of the expected version.
    private func expected(_ request: RegistryRequest) throws -> ExpectedVersion? {
        let query = try QueryParameters(request.queryText, known: QueryName.ofWritesWithoutBody)
        return try ExpectedVersion.read(
            ifMatch: request.header(.ifMatch), ifNoneMatch: nil,
            queryVersion: query.integer(QueryName.expectedVersion, in: 0...(.max)))
    }

    @Test(arguments: [nil, .version(0), .version(7), .etag("\"1.7\"")] as [ExpectedVersion?])
    func theExpectedVersion(_ expected: ExpectedVersion?) throws {
        let options = WriteOptions(expected: expected, correlationID: "c-1")
        for change in [.create(content), .update(content), .rollback(to: 1), .delete] as [WriteRequest.Change] {
            let request = WriteRequest(change, key, options).request
            #expect(try self.expected(request) == expected)
            #expect(try CorrelationIdentifier.read(request.header(.correlationID)) == "c-1")
        }
    }

    @Test func theContentCommentAndAuthor() throws {
        let options = WriteOptions(comment: "why", createdBy: "me")
        for change in [.create(content), .update(content)] as [WriteRequest.Change] {
            let request = WriteRequest(change, key, options).request
            let body = try PublishBody(request.body ?? [], limits: .default)
            #expect(try body.content.get() == content)
            #expect(try body.comment.get() == "why")
            #expect(try body.createdBy.get() == "me")
            #expect(try body.expectedVersion.get() == nil)
            #expect(ReturnPreference(request.header(.prefer)).isMinimal)
        }
    }

    @Test func aRollback() throws {
        let request = WriteRequest(.rollback(to: 3), key, WriteOptions(comment: "back")).request
        let body = try RollbackBody(request.body ?? [], maximumDepth: 2)
        #expect(body.toVersion == 3 && body.change.comment == "back" && body.change.createdBy == nil)
        #expect(request.path == APIPath.rollback(of: key))
    }

    @Test func aPromotion() throws {
        let overrides = try CheckOverrides(["secret:/a", "blast-radius"])
        let request = WriteRequest(
            .promote(from: "staging", version: 12), key, WriteOptions(comment: "go", overrides: overrides)
        ).request
        let body = try PromotionBody(request.body ?? [], maximumDepth: 3)
        #expect(body.fromEnvironment == "staging" && body.fromVersion == 12 && body.change.comment == "go")
        #expect(body.change.overrides == overrides && request.path == APIPath.promotion(of: key))
        let newest = WriteRequest(.promote(from: "staging", version: nil), key, WriteOptions()).request
        #expect(try PromotionBody(newest.body ?? [], maximumDepth: 3).fromVersion == nil)
    }

    @Test func whatIsLetPassIsInTheBodyOrElseInTheQuery() throws {
        let overrides = try CheckOverrides(["secret:/a b", "blast-radius", "secret:/c&d"])
        let options = WriteOptions(overrides: overrides)
        let merge = DocumentPatch.merge(JSONObject())
        for request in [
            WriteRequest(.patch(merge), key, options).request, WriteRequest(.delete, key, options).request,
            ValidationRequest(merge, key, options).request,
        ] {
            let query = try QueryParameters(
                request.queryText, known: QueryName.ofWritesWithoutBody, repeatable: [QueryName.override])
            #expect(try query.overrides() == overrides)
        }
        for request in [
            WriteRequest(.update(content), key, options).request, ValidationRequest(content, key, options).request,
        ] {
            #expect(try PublishBody(request.body ?? [], limits: .default).overrides.get() == overrides)
        }
        let rollback = WriteRequest(.rollback(to: 3), key, options).request
        #expect(try RollbackBody(rollback.body ?? [], maximumDepth: 2).change.overrides == overrides)
    }

    @Test func aValidationIsAWriteAtAnotherPath() throws {
        let options = WriteOptions(comment: "why", expected: .version(7), correlationID: "c")
        let request = ValidationRequest(content, key, options).request
        #expect(request.method == .post && request.path == APIPath.validation(of: key))
        #expect(try expected(request) == .version(7))
        #expect(request.header(.prefer) == nil && request.header(.correlationID) == nil)
    }

    @Test func patchesAndDeletionsSayWhyInTheQuery() throws {
        let options = WriteOptions(comment: "why & how", createdBy: "me")
        let merge = DocumentPatch.merge(JSONObject())
        let operations = DocumentPatch.operations([try JSONValue(parsing: #"{"op":"remove","path":"/a"}"#)])
        for patch in [merge, operations] {
            let request = WriteRequest(.patch(patch), key, options).request
            let type = try RequestMediaType(
                request.header(.contentType), allowed: [.mergePatch, .jsonPatch])
            #expect(try DocumentPatch(request.body ?? [], type) == patch)
        }
        for change in [.patch(merge), .delete] as [WriteRequest.Change] {
            let query = try QueryParameters(
                WriteRequest(change, key, options).request.queryText, known: QueryName.ofWritesWithoutBody)
            #expect(query[QueryName.comment] == "why & how" && query[QueryName.createdBy] == "me")
        }
    }

    @Test func aWriteSaysOnceWhichVersionItExpectsAndOfNoVersionThatItHas() throws {
        let refusals =
            [
                (#""1.7""#, nil, 7, nil), (nil, nil, 7, 7), (nil, "*", nil, nil), ("*", nil, nil, nil),
                (#""1.7", "1.8""#, nil, nil, nil),
            ] as [(String?, String?, Int64?, Int64?)]
        for (match, noneMatch, query, body) in refusals {
            #expect(throws: Problem.self) {
                try ExpectedVersion.read(
                    ifMatch: match, ifNoneMatch: noneMatch, queryVersion: query, bodyVersion: body)
            }
        }
        #expect(
            try ExpectedVersion.read(ifMatch: "*", ifNoneMatch: nil, queryVersion: nil, takesAny: true) == nil)
    }
}
