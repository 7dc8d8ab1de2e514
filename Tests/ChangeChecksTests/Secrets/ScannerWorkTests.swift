import ConfigModel
import TestSupport
import Testing

@testable import ChangeChecks

/// Whatever a text is, it is gone over once: the work is counted, not the time.
@Suite struct ScannerWorkTests {
    private func looks(_ text: String) -> Int {
        UTF8Order.withBytes(text) { bytes in
            var scanner = TextScanner(bytes, position: .element)
            scanner.scan()
            return scanner.looks
        }
    }

    /// What secrets begin with, and what their parts are separated by.
    private static let pieces = [
        "AK" + "IA", "AS" + "IA", "AI" + "za", "AGE-SECRET-" + "KEY-1", "AccountKey=", "gh" + "p_", "github" + "_pat_",
        "glp" + "at-", "xox" + "b-",
        "sk_" + "live_", "sk_" + "test_", "npm" + "_", "pypi" + "-AgEIcHlwaS5vcmc", "S" + "G.", "s" + "k-",
        "sk-" + "ant-", "hv" + "s.", "h" + "f_",
        "cbt_", "ey" + "J", "eyJhbGciOiJub25lIn0.", "e30.", "-----BEGIN ", "PRIVATE KEY-----",
        "https://hooks.slack" + ".com/services/T00000A/",
        "://", "a://u:", "@", "password=", "pwd=", "--token=", "Authorization: Bearer ", "Authorization: Basic ", "=",
        ":", "${", "{{",
        " ", "\n", "\"", "'", "-", "_", ".", "/", "\\", "0", "A", "a", "é", "🔑", "\u{0}", "111111", "EXAMPLE",
        "changeme", "$", "<", ">",
    ]

    @Test func noPieceIsWorthMoreWorkThanAnother() {
        for piece in Self.pieces {
            for separator in ["", "-", ";", "="] {
                let unit = piece + separator
                let text = String(repeating: unit, count: (4 << 10) / unit.utf8.count)
                #expect(looks(text) <= 48 * text.utf8.count, "\(piece) \(separator)")
            }
        }
    }

    /// The worst of them, and of any of them mixed: twice the text is twice the work.
    @Test func theWorkGrowsWithTheLength() {
        var generator = SeededGenerator(seed: 20)
        for _ in 0..<60 {
            let unit = (0..<Int.random(in: 1...6, using: &generator)).map { _ in
                Self.pieces.randomElement(using: &generator) ?? ""
            }.joined()
            guard !unit.isEmpty else { continue }
            let small = looks(String(repeating: unit, count: 2_048 / unit.utf8.count + 1))
            let large = looks(String(repeating: unit, count: 16_384 / unit.utf8.count + 1))
            #expect(large <= 10 * small + 16_384, "\(unit.debugDescription)")
        }
    }

    @Test(arguments: ["s" + "k-", "password=", "ey" + "J", "://a:"]) func aMebibyte(_ piece: String) {
        let text = String(repeating: piece, count: (1 << 20) / piece.utf8.count)
        #expect(looks(text) <= 48 << 20)
    }

    @Test(arguments: 0..<8) func noTextStopsIt(_ seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<300 {
            let text = randomText(&generator)
            let name = Bool.random(using: &generator) ? "0" + randomText(&generator) : "password"
            let members = [
                (key: name, value: JSONValue.array([.string(text), .string(name)])),
                (key: "1" + text + name, value: .string(text)),
            ]
            let content = try JSONValue.object(JSONObject(members))
            let report = SecretCheck.report(
                content: content, comment: text, author: name, head: .object(JSONObject()), notSecret: [])
            #expect(report.findings.allSatisfy { $0.override?.hasSuffix(":\($0.pointer)") == true })
            #expect(
                SecretCheck.report(content: content, comment: "", author: "", head: content, notSecret: []).findings
                    == [])
        }
    }

    /// Pieces, and what is left of a whole secret when it is cut off anywhere.
    private func randomText(_ generator: inout SeededGenerator) -> String {
        (0..<Int.random(in: 1...8, using: &generator)).map { _ in
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: return Self.pieces.randomElement(using: &generator) ?? ""
            case 1:
                let secret = SecretText.all.randomElement(using: &generator)?.text ?? ""
                return String(secret.prefix(Int.random(in: 0...secret.count, using: &generator)))
            default:
                let bytes = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
                    UInt8.random(in: 0...255, using: &generator)
                }
                return String(decoding: bytes, as: UTF8.self)
            }
        }.joined()
    }

    @Test func findingsAreBounded() throws {
        let many = try JSONValue.object(JSONObject((0..<20_000).map { ("password\($0)", JSONValue.string("hunter2")) }))
        let report = SecretCheck.report(content: many, comment: "", author: "", head: nil, notSecret: [])
        #expect(report.findings.count > 100 && report.findings.count < 2_000)
        // All overrides of a change have less room than the places that are named, so that none slips through.
        #expect(report.findings.reduce(0) { $0 + ($1.override?.utf8.count ?? 0) } > 4_096)
        let warned = SecretCheck.report(content: many, comment: "", author: "", head: many, notSecret: [])
        #expect(warned.findings == [] && warned.warnings.count == 101)
    }

    @Test func longKeysAreNotRepeatedWithoutBound() throws {
        let key = String(repeating: "k", count: 1 << 20)
        let secrets = JSONValue.object(
            try JSONObject((0..<2_000).map { ("password\($0)", JSONValue.string("hunter2")) }))
        let content = try JSONValue.object(JSONObject([(key: key, value: secrets)]))
        let report = SecretCheck.report(content: content, comment: "", author: "", head: nil, notSecret: [])
        #expect(report.findings.count == 1)
    }
}
