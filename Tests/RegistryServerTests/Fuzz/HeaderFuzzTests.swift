import ConfigModel
import HTTPTypes
import TestSupport
import Testing

@testable import RegistryServer

/// Whatever stands in a header or a query, reading it ends with a value or a refusal.
@Suite(.timeLimit(.minutes(60))) struct HeaderFuzzTests {
    @Test func entityTags() {
        let corpus = [#""1.7""#, #"W/"1.7", "2.9", "other, tag""#, "*", #" "1.1" ,"#]
        Fuzz.run("entity tags", corpus: corpus, rounds: 20_000) { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            if let tag = EntityTag(parsing: text) { #expect(tag.description == text) }
            guard let list = EntityTagList(parsing: text), !list.isAny else { return }
            let written = list.tags.map { ($0.isWeak ? "W/" : "") + $0.opaque }.joined(separator: ", ")
            #expect(EntityTagList(parsing: written)?.tags == list.tags, "\(text.debugDescription)")
        }
    }

    @Test func queries() {
        let known = HeadQuestion.parameters + ListQuestion.parameters
        let corpus = [
            "environment=prod&min_version=7&epoch=1-7d444840-9dc0-41d1-b245-5ffdce74fad2&wait=5s", "version=1",
            "overlay=true",
            "prefix=tenants.acme&limit=10&cursor=parsing%2Fprod&view=heads&deleted=true", "service_name=a%2Bb+c",
        ]
        Fuzz.run("queries", corpus: corpus, rounds: 20_000) { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            if let query = try? QueryParameters(text, known: known) {
                let written = query.all.map { "\($0.name)=\(PercentEncoding.encoded($0.value))" }.joined(separator: "&")
                let again = try? QueryParameters(written, known: known)
                #expect(
                    again?.all.map(\.name) == query.all.map(\.name) && again?.all.map(\.value) == query.all.map(\.value)
                )
            }
            _ = try? HeadQuestion(service: text[...], query: text, HTTPFields())
            _ = try? HeadQuestion(service: "parsing", query: text, HTTPFields())
        }
    }
}
