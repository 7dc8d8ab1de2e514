import ConfigModel
import RegistryAPI
import TestSupport
import Testing

/// Whatever stands in a header or a query, reading it ends with a value or a refusal.
@Suite(.timeLimit(.minutes(60))) struct HeaderFuzzTests {
    @Test func entityTags() async {
        let corpus = [#""1.7""#, #"W/"1.7", "2.9", "other, tag""#, "*", #" "1.1" ,"#]
        await Fuzz.run("entity tags", corpus: corpus, rounds: 20_000) { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            if let tag = EntityTag(parsing: text) { #expect(tag.description == text) }
            guard let list = EntityTagList(parsing: text) else { return }
            #expect(EntityTagList(parsing: list.description) == list, "\(text.debugDescription)")
        }
    }

    @Test func queries() async {
        let known = GetRequest.parameters + ListRequest.parameters
        let corpus = [
            "environment=prod&min_version=7&epoch=1-7d444840-9dc0-41d1-b245-5ffdce74fad2&wait=5s", "version=1",
            "overlay=true",
            "prefix=tenants.acme&limit=10&cursor=parsing%2Fprod&view=heads&deleted=true", "service_name=a%2Bb+c",
        ]
        await Fuzz.run("queries", corpus: corpus, rounds: 20_000) { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            if let query = try? QueryParameters(text, known: known) {
                let written = query.all.map { "\($0.name)=\(PercentEncoding.encoded($0.value))" }.joined(separator: "&")
                let again = try? QueryParameters(written, known: known)
                #expect(
                    again?.all.map(\.name) == query.all.map(\.name) && again?.all.map(\.value) == query.all.map(\.value)
                )
            }
            _ = try? GetRequest(service: text[...], query: text)
            guard let request = try? GetRequest(service: "parsing", query: text) else { return }
            let again = try? GetRequest(service: "parsing", query: request.request.queryText)
            #expect(again == request, "\(text.debugDescription)")
        }
    }

    @Test func identifiers() async {
        let corpus = [
            "deploy-42", "7d444840-9dc0-41d1-b245-5ffdce74fad2", "a:b.c_d", String(repeating: "x", count: 64),
        ]
        await Fuzz.run("identifiers", corpus: corpus, rounds: 20_000) { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            if let change = try? ChangeIdentifier(idempotencyKey: text) {
                #expect(change.isFromClient && change.text.wholeMatch(of: #/[A-Za-z0-9._:\-]{1,64}/#) != nil)
            }
            guard let correlation = try? CorrelationIdentifier.read(text) else { return }
            #expect(correlation.wholeMatch(of: #/[!-~]{1,128}/#) != nil, "\(text.debugDescription)")
        }
    }

    @Test func conditionsPreferencesMediaTypes() async {
        let corpus = [
            #""1.7""#, "*", "return=minimal", "respond-async, return=\"minimal\"; x=1", "no-cache, max-age=0",
            "application/json; charset=utf-8", "application/merge-patch+json",
        ]
        await Fuzz.run("other headers", corpus: corpus, rounds: 20_000) { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            let expected = try? ExpectedVersion.read(ifMatch: text, ifNoneMatch: nil, queryVersion: nil)
            #expect(expected == nil || EntityTag(parsing: text) != nil)
            #expect(!ReturnPreference(text).isMinimal || text.lowercased().contains("minimal"))
            #expect(!CachePreference.refusesMemory(text) || text.lowercased().contains("no-cache"))
            if let type = try? RequestMediaType(text, allowed: [.json, .mergePatch]) {
                #expect(type != .jsonPatch && text.lowercased().contains(type.rawValue))
            }
        }
    }
}
