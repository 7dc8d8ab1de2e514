import RegistryAPI
import Testing

/// `Prefer` (RFC 7240).
@Suite struct ReturnPreferenceTests {
    @Test(arguments: [
        (["return=minimal"], true), (["Return = \"Minimal\"; foo=1"], true), (["respond-async, return=minimal"], true),
        (["wait=5", "return=minimal"], true), (["return=representation, return=minimal"], false),
        (["return=representation"], false), (["minimal"], false), (["return=mini mal"], false),
        (["return=\"minimal"], false), (["ret urn=minimal"], false),
        (["return"], false), (["return="], false),
        ([""], false), ([], false),
    ])
    func theFirstReturnCounts(_ lines: [String], isMinimal: Bool) {
        let header = lines.isEmpty ? nil : lines.joined(separator: ", ")
        #expect(ReturnPreference(header).isMinimal == isMinimal)
    }
}
