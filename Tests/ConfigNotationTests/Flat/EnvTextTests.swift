import ConfigModel
import ConfigNotation
import Testing

/// A line for each value; what a reader could take for something else is refused with its place.
@Suite struct EnvTextTests {
    @Test(arguments: [
        (
            #"{"db":{"host":"db-1","port":5432},"debug":false,"rate":1.50}"#,
            "DB_HOST='db-1'\nDB_PORT='5432'\nDEBUG='false'\nRATE='1.50'\n"
        ),
        (#"{"hosts":["a","b c"],"none":[],"empty":{}}"#, "HOSTS='a,b c'\nNONE=''\n"),
        (#"{"a":"x\ny\\$HOME `id` \"q\""}"#, "A='x\ny\\$HOME `id` \"q\"'\n"),
        (#"{"a":"it's $HOME `id` \"\\"}"#, "A=\"it's \\$HOME \\`id\\` \\\"\\\\\"\n"),
        (#"{"_x":{"1":"é"}}"#, "_X_1='é'\n"), ("{}", ""),
    ])
    func namesAreJoinedInUpperCaseAndValuesStandInQuotes(json: String, text: String) throws {
        #expect(try EnvText.write(try JSONValue(parsing: json).members) == text)
    }

    @Test(arguments: [
        (#"{"db":{"host":"db 1"},"hosts":["a","b"]}"#, ":", "DB_HOST=db 1\nHOSTS=a:b\n"),
        (#"{"a":"'\"$"}"#, ",", "A='\"$\n"),
    ])
    func withoutQuotesAValueStandsAsItIs(json: String, separator: String, text: String) throws {
        #expect(try EnvText.write(try JSONValue(parsing: json).members, quotes: .none, separator: separator) == text)
    }

    @Test(arguments: [
        (#"{"a":{"rate-limit":1}}"#, "/a/rate-limit", "no name"), (#"{"1a":1}"#, "/1a", "no name"),
        (#"{"":1}"#, "/", "no name"), (#"{"größe":1}"#, "/größe", "no name"),
        (#"{"a":{"b":1},"a_b":2}"#, "/a_b", "same name as /a/b"), (#"{"A":1,"a":2}"#, "/a", "same name as /A"),
        (#"{"a":{"b":null}}"#, "/a/b", "null"), (#"{"a":[[1]]}"#, "/a/0", "an array inside of an array"),
        (#"{"a":[{"b":1}]}"#, "/a/0", "an object inside of an array"), (#"{"a":["x",null]}"#, "/a/1", "null"),
        (#"{"a":["x,y"]}"#, "/a", "separator"), (#"{"a":[""]}"#, "/a", "without elements"),
        (#"{"a":"\u0000"}"#, "/a", "U+0000"),
    ])
    func whatAReaderCouldTakeForSomethingElseIsRefusedWithItsPlace(json: String, pointer: String, part: String) throws {
        let object = try JSONValue(parsing: json).members
        let error = #expect(throws: UnwritableValue.self) { try EnvText.write(object) }
        #expect(error?.pointer.description == pointer)
        #expect(error?.description.contains(part) == true, "\(String(describing: error))")
    }

    @Test(arguments: [#"{"a":"x\ny"}"#, #"{"a":"x\ry"}"#])
    func withoutQuotesTheEndOfALineIsRefused(json: String) throws {
        let object = try JSONValue(parsing: json).members
        let error = #expect(throws: UnwritableValue.self) { try EnvText.write(object, quotes: .none) }
        #expect(error?.description == "/a holds the end of a line, which needs quotes: write them with 'quote: shell'.")
    }

    @Test(arguments: ["::", ":::", ", "])
    func anElementThatMeetsTheSeparatorIsRefusedAlsoInParts(separator: String) throws {
        let end = String(separator.prefix(1))
        let object = try JSONValue(parsing: "{\"a\":[\"x\(end)\",\"\(end)y\"]}").members
        let text = try? EnvText.write(object, quotes: .none, separator: separator)
        if let text {
            let value = text.dropFirst(2).dropLast()
            #expect(Array(value.utf8).split(separator: Array(separator.utf8)).count == 2)
        }
    }
}
