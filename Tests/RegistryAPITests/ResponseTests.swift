import ConfigModel
import RegistryAPI
import TestSupport
import Testing

/// What a server writes is what a client reads.
@Suite struct ResponseTests {
    private let key: DocumentKey
    private let chain: RecordChain

    init() throws {
        key = try DocumentKey(service: "parsing", environment: "prod")
        chain = RecordChain(key, [#"{"text":"a\nb: é"}"#, #"{"n":2}"#, nil])
    }

    @Test func headers() throws {
        let later = try #require(Epoch(parsing: "9-7d444840-9dc0-41d1-b245-5ffdce74fad2"))
        for record in chain.records {
            for epoch in [record.epoch, later] {
                let facts = HeadFacts(record, epoch: epoch)
                let headers = facts.headers
                let read = try HeadFacts { name in headers.filter { $0.name == name }.map(\.value) }
                #expect(read == facts)
                #expect(read.signed(key) == record.signedFacts)
                #expect(read.etag == EntityTag(epoch: epoch, version: record.version).description)
            }
        }
    }

    @Test(arguments: [HeaderName.configVersion, .configHash, .configRecordHash, .configEpoch, .configChangeType, .etag])
    func aHeaderThatIsMissingRepeatedOrMalformedIsNamed(_ broken: HeaderName) throws {
        let headers = HeadFacts(chain.records[0], epoch: chain.records[0].epoch).headers
        for values in [[], ["x"], ["x", "x"]] {
            #expect(throws: InvalidResponse.self) {
                try HeadFacts { name in
                    name == broken ? values : headers.filter { $0.name == name }.map(\.value)
                }
            }
        }
    }

    @Test func batches() throws {
        let problem = Problem(.damagedVersion, "Restore it.").with("version", 7)
        let record = chain.records[0]
        let entries: [BatchGetResponse.Entry] = [
            .record(record, epoch: record.epoch), .record(chain.records[2], epoch: record.epoch),
            .notModified(etag: record.epoch.etag(1), facts: record.signedFacts),
            .notModified(etag: record.epoch.etag(1), facts: nil), .problem(problem),
        ]
        var writer = JSONWriter()
        writer.object { BatchGetResponse.append(entries, epochStatement: nil, to: &$0) }
        let requested = entries.map { _ in DocumentRequest(key, ifNoneMatch: record.epoch.etag(1)) }
        let read = try BatchGetResponse(writer.bytes, to: requested).documents.map { try $0.get() }
        #expect(read.count == entries.count)
        #expect(Array(read[..<4]) == Array(entries[..<4]))
        guard case .problem(let told) = read[4] else {
            Issue.record("\(read[4])")
            return
        }
        #expect(told.type == problem.type && told.status == 500 && told.version == 7 && told.detail == problem.detail)
    }

    @Test func lists() throws {
        #expect(try RecordList.read(RecordList.jsonBytes(chain.records)) == chain.records)
        let summaries = try HeadSummary.list(HeadSummary.jsonBytes(chain.records.map { RecordOutline($0) }))
        #expect(summaries.map(\.version) == [1, 2, 3])
        #expect(summaries.map(\.recordHash) == chain.records.map(\.recordHash))
        #expect(summaries.allSatisfy { $0.key == key })
    }

    @Test func comparisons() throws {
        var budget = WorkBudget(1_000)
        let (old, new) = (chain.records[0], chain.records[1])
        let diff = try DocumentDiff(old: old.content.object, new: new.content.object, budget: &budget)
        let read = try VersionDiff(VersionDiff.jsonBytes(diff, from: old, to: new))
        #expect(read.key == key && read.oldVersion == 1 && read.newVersion == 2)
        #expect(read.added == diff.added && read.removed == diff.removed && read.changed.isEmpty)
        #expect(try VersionDiff(VersionDiff.jsonBytes(diff, from: nil, to: new)).oldVersion == 0)
    }

    static let finding = CheckFinding(
        .secret, rule: "named", pointer: "/a", message: "It looks like a secret.", override: "secret:/a")

    @Test func aWrittenVersionHasItsWarnings() throws {
        let record = chain.records[1]
        for warnings in [[], [Self.finding]] {
            let visible = VisibleFindings(warnings, in: key, mayRead: nil)
            let whole = WrittenVersion.jsonBytes(record, warnings: visible, withContent: true)
            #expect(try WrittenVersion(whole) == WrittenVersion(record, warnings: warnings))
            let rest = WrittenVersion.jsonBytes(record, warnings: visible, withContent: false)
            #expect(try WrittenVersion(rest, content: record.content).warnings == warnings)
        }
    }

    @Test func aValidation() throws {
        let patch = JSONPatch([.remove(try JSONPointer(parsing: "/a"))])
        let none = VisibleFindings([], in: key, mayRead: nil)
        let elsewhere = CheckFinding(
            .schema, rule: "type", pointer: "/a", environment: "dev", message: "It is no text.")
        let errors = VisibleFindings([Self.finding, elsewhere], in: key) { $0.environment == "prod" }
        let hash = chain.records[0].content.hash
        let bad = try ValidationReport(
            ValidationReport.jsonBytes(
                baseVersion: 3, contentHash: hash, errors: errors, warnings: none, diff: patch))
        #expect(!bad.isValid && bad.errors == [Self.finding] && bad.hidden == 1 && bad.baseVersion == 3)
        #expect(bad.contentHash == hash && bad.warnings == [])
        #expect(bad.diff == (try JSONValue(parsing: #"[{"op":"remove","path":"/a"}]"#)))
        let good = try ValidationReport(
            ValidationReport.jsonBytes(baseVersion: 0, contentHash: hash, errors: none, warnings: errors, diff: patch))
        #expect(good.isValid && good.warnings == [Self.finding] && good.hidden == 0)
        let hidden = VisibleFindings([elsewhere], in: key) { _ in false }
        #expect(
            try !ValidationReport(
                ValidationReport.jsonBytes(
                    baseVersion: 0, contentHash: hash, errors: hidden, warnings: none, diff: patch)
            ).isValid)
    }

    @Test func findingsOfARefusal() {
        let elsewhere = CheckFinding(
            .schema, rule: "type", pointer: "/a", environment: "dev", message: "It is no text.")
        let all = Array(repeating: Self.finding, count: 102) + [elsewhere]
        let problem = Problem.checksFailed(key, VisibleFindings(all, in: key) { _ in false })
        #expect(problem.findings == Array(repeating: Self.finding, count: 100))
        #expect(problem.moreFindings == 2 && problem.hiddenFindings == 1)
        let visible = Problem.checksFailed(key, VisibleFindings([elsewhere], in: key, mayRead: nil))
        #expect(visible.findings == [elsewhere] && visible.hiddenFindings == 0)
        #expect(visible.detail?.contains("/a in dev: It is no text. Correct it, and send the request again.") == true)
    }

    /// Of a refusal that rests only on what the caller may not read it learns who can go on.
    @Test func aRefusalThatIsHiddenSaysWhatToDo() {
        func detail(_ findings: [CheckFinding]) -> String? {
            Problem.checksFailed(key, VisibleFindings(findings, in: key) { _ in false }).detail
        }
        let elsewhere = CheckFinding(
            .schema, rule: "type", pointer: "/a", environment: "dev", message: "It is no text.", override: "schema")
        let start = "The new version of \(key) does not pass the checks, nothing was stored."
        let way =
            "If it is meant, an admin repeats the request with the override \"schema\", for a rollback a publisher too."
        #expect(
            detail([elsewhere, elsewhere]) == """
                \(start) 2 findings are about environments that you may not read. An identity that may read them sees what does \
                not fit there. \(way)
                """)
        #expect(
            detail([Self.finding, elsewhere])?.contains("1 finding is about environments that you may not read. ")
                == true)
        #expect(detail([elsewhere])?.contains(/dev|text/) == false)
    }

    @Test(arguments: [Deletion.nothing, .deleted(version: 7), .deleted(version: 7, warnings: [finding])])
    func deletions(_ deletion: Deletion) throws {
        #expect(try Deletion(deletion.jsonBytes) == deletion)
    }

    @Test func damagedNames() throws {
        let other = try DocumentKey(service: "a.b", environment: "dev")
        let text = DamagedNames.text([(key, 7), (other, 1)])
        #expect(text == "prod/parsing@7 dev/a.b@1")
        #expect(DamagedNames(text).named == [key: 7, other: 1] && DamagedNames(text).isComplete)
        let incomplete = DamagedNames(DamagedNames.text([(key, 7), (nil, nil), (other, nil)]))
        #expect(incomplete.named == [key: 7] && !incomplete.isComplete)
        #expect(DamagedNames.text([]) == nil && DamagedNames(nil).isComplete)
        #expect(!DamagedNames(DamagedNames.text(Array(repeating: (key, 7), count: 60))).isComplete)
    }
}
