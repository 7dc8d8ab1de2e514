import ConfigModel
import Testing

@Suite struct EpochTests {
    @Test(arguments: [
        "1-7d444840-9dc0-41d1-b245-5ffdce74fad2", "9223372036854775807-00000000-0000-0000-0000-000000000000",
    ])
    func isReadAndWritten(text: String) throws {
        #expect(try #require(Epoch(parsing: text)).description == text)
    }

    @Test(arguments: [
        "", "1", "1-", "0-7d444840-9dc0-41d1-b245-5ffdce74fad2", "-1-7d444840-9dc0-41d1-b245-5ffdce74fad2",
        "01-7d444840-9dc0-41d1-b245-5ffdce74fad2", "+1-7d444840-9dc0-41d1-b245-5ffdce74fad2",
        "1-7D444840-9DC0-41D1-B245-5FFDCE74FAD2", "1-7d444840-9dc0-41d1-b245-5ffdce74fad",
        "1-7d444840-9dc0-41d1-b245-5ffdce74fad22",
        "1-------------------------------------", "1-7d4448409dc041d1b2455ffdce74fad2aaaa",
        "9223372036854775808-7d444840-9dc0-41d1-b245-5ffdce74fad2",
        "1 -7d444840-9dc0-41d1-b245-5ffdce74fad2",
    ])
    func isReadFromNothingElse(text: String) {
        #expect(Epoch(parsing: text) == nil)
    }
}
