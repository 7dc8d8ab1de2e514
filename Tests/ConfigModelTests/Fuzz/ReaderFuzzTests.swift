import ConfigModel
import ConfigSignatures
import TestSupport
import Testing

/// Whatever the text, every reader of the model ends with a value that is written and read again as the same, or refuses.
@Suite(.timeLimit(.minutes(60))) struct ReaderFuzzTests {
    private static let document =
        #"{"a":[1,2.50e+3,-0,true,null,"\u00e9\ud83d\ude00\n"],"b":{"":{},"c":[[]]},"é":"\\/"}"#

    @Test func json() async throws {
        try await Fuzz.run("json", corpus: [Self.document, "[]", #""\u0000""#, " 1 ", "-0.0E-0"]) { (text) throws in
            do {
                let value = try JSONReader.read(text)
                #expect(try JSONReader.read(value.canonicalBytes) == value, "\(text)")
            } catch let error as JSONError {
                #expect((0...text.count).contains(error.offset) && error.line >= 1 && error.column >= 1, "\(text)")
            }
        }
    }

    @Test func content() async throws {
        try await Fuzz.run("content", corpus: [Self.document, "{}"]) { (text) throws in
            guard let content = try? Content(parsing: text) else { return }
            #expect(try Content(parsing: content.bytes) == content)
            #expect(try content.object.canonicalBytes == content.bytes)
            #expect(LineSafeJSON.bytes(content.bytes).allSatisfy { $0 >= 0x20 })
            #expect(try Content(parsing: LineSafeJSON.bytes(content.bytes)) == content)
        }
    }

    @Test func event() async throws {
        let events = try [Sample.signedRecord(), Sample.record(isBare: true), Sample.record(changeType: .deleted)].map {
            ConfigEvent($0).jsonBytes
        }
        try await Fuzz.run("event", corpus: events) { (text) throws in
            guard let event = try? ConfigEvent(json: text) else { return }
            #expect(try ConfigEvent(json: event.jsonBytes) == event)
        }
    }

    @Test func record() async throws {
        let records = try [Sample.signedRecord(), Sample.record(isBare: true)].map(\.jsonBytes)
        try await Fuzz.run("record", corpus: records) { (text) throws in
            guard let record = try? VersionRecord(json: text) else { return }
            #expect(try VersionRecord(json: record.jsonBytes) == record)
        }
    }

    @Test func keyFiles() async throws {
        let signer = try Sample.signer()
        let keys = "# keys\n\(signer.publicKey.text) first\n\n\(signer.publicKey.text)\tsecond  \n"
        try await Fuzz.run("key files", corpus: [signer.privateKeyFile, keys]) { (bytes) throws in
            let text = String(decoding: bytes, as: UTF8.self)
            if let signer = try? RecordSigner(parsing: text) {
                #expect(try RecordSigner(parsing: signer.privateKeyFile).keyID == signer.keyID)
            }
            guard let trusted = try? TrustedKeys(parsing: text) else { return }
            let written = trusted.keys.map(\.text).joined(separator: "\n")
            #expect(try TrustedKeys(parsing: written).keys == trusted.keys)
        }
    }

    @Test func names() async throws {
        let corpus = [
            "parsing/prod", "tenants.acme.monitors/default", "1-7d444840-9dc0-41d1-b245-5ffdce74fad2",
            "2026-11-20T21:30:00.123Z",
            "/a~1b/~0/0/-", "%C3%A9+%2B%25", "aGVsbG8gd29ybGQ=", "AAAA",
        ]
        try await Fuzz.run("names", corpus: corpus, rounds: 20_000) { (bytes) throws in
            let text = String(decoding: bytes, as: UTF8.self)
            if let key = try? DocumentKey(parsing: text) { #expect(try DocumentKey(parsing: key.description) == key) }
            if let epoch = Epoch(parsing: text) { #expect(epoch.description == text) }
            if let time = Timestamp(parsing: text) { #expect(Timestamp(parsing: time.description) == time) }
            if let pointer = try? JSONPointer(parsing: text) {
                #expect(try JSONPointer(parsing: pointer.description) == pointer)
            }
            if let plain = PercentEncoding.decoded(text[...].utf8, isForm: true) {
                #expect(PercentEncoding.decoded(PercentEncoding.encoded(plain)[...].utf8) == plain)
            }
            if let decoded = Base64.decode(text) { #expect(Base64.encode(decoded) == text) }
        }
    }

    @Test func patch() async throws {
        let corpus = [
            #"[{"op":"add","path":"/a/-","value":{"b":1}},{"op":"remove","path":"/b/"},{"op":"test","path":"","value":1}]"#,
            #"[{"op":"move","from":"/a/0","path":"/b/c"},{"op":"copy","from":"/b","path":"/d"},{"op":"replace","path":"/é","value":2}]"#,
        ]
        let object = try JSONValue(parsing: Self.document)
        try await Fuzz.run("patch", corpus: corpus) { (text) throws in
            guard let value = try? JSONReader.read(text), let patch = try? JSONPatch(json: value) else { return }
            guard let patched = try? patch.apply(to: object) else { return }
            #expect(try JSONReader.read(patched.canonicalBytes, limits: JSONLimits(maximumDepth: 512)) == patched)
        }
    }

    @Test func epochStatements() async throws {
        let statement = try EpochStatement(
            epoch: Sample.epoch, previous: Sample.epoch, at: Timestamp(milliseconds: 1_795_210_200_123),
            reason: "restored é", signer: Sample.signer())
        let trusted = try TrustedKeys(parsing: Sample.signer().publicKey.text)
        for isHeader in [true, false] {
            let corpus = isHeader ? Array(statement.headerValue.utf8) : statement.jsonBytes
            try await Fuzz.run("epoch statements \(isHeader)", corpus: [corpus]) { (bytes) throws in
                let text = String(decoding: bytes, as: UTF8.self)
                guard let read = isHeader ? EpochStatement(headerValue: text) : EpochStatement(json: bytes) else {
                    return
                }
                #expect(
                    EpochStatement(json: read.jsonBytes) == read
                        && EpochStatement(headerValue: read.headerValue) == read)
                // Nothing but what was signed is signed.
                #expect(read == statement || (try? trusted.verify(read, of: read.epoch)) == nil)
            }
        }
    }
}
