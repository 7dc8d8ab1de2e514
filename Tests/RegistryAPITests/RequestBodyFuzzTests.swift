import ConfigModel
import RegistryAPI
import TestSupport
import Testing

/// Whatever a body holds, reading it ends with a request or a refusal.
@Suite(.timeLimit(.minutes(60))) struct RequestBodyFuzzTests {
    @Test func batches() async {
        let corpus = [
            #"{"documents":[{"service_name":"parsing","environment":"prod","if_none_match":"\"1.7\"","min_version":7}]}"#,
            #"{"documents":[{"service_name":"a","epoch":"1-7d444840-9dc0-41d1-b245-5ffdce74fad2"},{"service_name":"b"}]}"#,
        ]
        await Fuzz.run("batches", corpus: corpus) { bytes in
            guard let batch = try? BatchGetRequest(bytes, cacheControl: nil) else { return }
            #expect((1...APILimits.batch).contains(batch.documents.count))
            #expect(batch.documents.allSatisfy { $0.ifNoneMatch.map { EntityTag(parsing: $0) != nil } ?? true })
            #expect((try? BatchGetRequest(batch.request.body ?? [], cacheControl: nil)) == batch)
        }
    }

    @Test func knownVersions() async throws {
        let corpus = [#"{"known":{"parsing/prod":7,"tenants.acme/default":0}}"#, #"{"known":{}}"#]
        try await Fuzz.run("known versions", corpus: corpus) { (bytes) throws in
            var watch = try WatchRequest(query: "prefix=a")
            guard (try? watch.readKnown(bytes)) != nil else { return }
            #expect(watch.known.values.allSatisfy { $0 >= 0 })
        }
    }

    @Test func writes() async {
        let corpus = [
            #"{"config_data":{"a":[1,2.5e3,null,true]},"comment":"c","created_by":"b","expected_version":1}"#,
            #"{"to_version":1,"comment":"c","created_by":"b"}"#, #"[{"op":"add","path":"/a","value":1}]"#,
            #"{"from_environment":"dev","from_version":7,"override":["blast-radius","secret:/a"]}"#,
        ]
        await Fuzz.run("bodies of writes", corpus: corpus) { bytes in
            _ = try? PublishBody(bytes, limits: .default).content.get()
            if let rollback = try? RollbackBody(bytes, maximumDepth: 65) { #expect(rollback.toVersion >= 1) }
            if let promotion = try? PromotionBody(bytes, maximumDepth: 65) {
                #expect(promotion.fromVersion ?? 1 >= 1)
            }
            for type in [RequestMediaType.mergePatch, .jsonPatch] {
                guard let patch = try? DocumentPatch(bytes, type) else { continue }
                #expect((try? DocumentPatch(patch.jsonBytes, patch.mediaType)) == patch)
            }
        }
    }

    @Test func changeSets() async {
        let corpus = [
            #"{"comment":"c","created_by":"b","override":["blast-radius"],"documents":[{"service_name":"a","config_data":{"a":[1,2.5e3]},"expected_version":1},{"service_name":"b","environment":"e","patch":[{"op":"remove","path":"/a"}],"if_match":"\"1.7\""}]}"#,
            #"{"documents":[{"service_name":"a","delete":true},{"service_name":"b","merge_patch":{"a":null}},{"service_name":"c","restore_version":3}]}"#,
        ]
        await Fuzz.run("change sets", corpus: corpus) { bytes in
            guard let body = try? ChangeSetBody(bytes, limits: .default) else { return }
            #expect(body.documents.allSatisfy { ($0.change == nil) != $0.problems.isEmpty })
            let changes = body.documents.compactMap(\.change)
            guard changes.count == body.documents.count else { return }
            let publication = ChangeSetPublication(
                changes, comment: body.comment ?? "", createdBy: body.createdBy, overrides: body.overrides)
            let again = try? ChangeSetBody(publication.request.body ?? [], limits: .default)
            #expect(again?.documents.compactMap(\.change) == changes && again?.overrides == body.overrides)
        }
    }

    @Test func identities() async {
        let corpus = [
            #"{"name":"ci","grants":["publisher:parsing/prod"],"rights":["on_behalf"],"expires_in":"90d","comment":"c"}"#,
            #"{"name":"ci","grants":[],"expires":"never"}"#, #"{"grace":3600}"#, #"{"token":"cbt_x"}"#,
            #"{"identity":"a:b","until":"2026-11-20T21:30:00Z"}"#, #"{"jti":"x","comment":null}"#,
        ]
        await Fuzz.run("bodies about identities", corpus: corpus) { bytes in
            if let creation = try? TokenCreation(bytes) {
                #expect((try? TokenCreation(creation.request.body ?? [])) == creation)
            }
            if let rotation = try? TokenRotation(id: "a", body: bytes) {
                #expect((try? TokenRotation(id: "a", body: rotation.request.body ?? [])) == rotation)
            }
            if let denial = try? DenialRequest(bytes) {
                #expect((try? DenialRequest(denial.request.body ?? [])) == denial)
            }
            if let check = try? TokenCheck(bytes) { #expect((try? TokenCheck(check.request.body ?? [])) == check) }
        }
    }
}
