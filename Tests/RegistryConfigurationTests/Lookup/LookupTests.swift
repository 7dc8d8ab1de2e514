import ConfigModel
import ConfigWatcher
import Configuration
import RegistryConfiguration
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct LookupTests {
    private static let document = """
        {"objects":[{"a":1}],"mixed":[1,"two",null],"nested":[[1]],"nothing":null,"empty":[],"big":18446744073709551617,\
        "exact":9007199254740993,"whole":1.0,"exponent":1e3,"huge":1e400,"half":1.5,"zero":0.0e9,"negative":-2.50e1,\
        "near":0.30000000000000004,"flag":true,"one":1,"text":"5","object":{"inside":7,"a.b":8},"a.b":9,"word":"yes","list":"1, 2"}
        """

    private let provider: RegistryConfigProvider

    init() async throws { provider = try await DocumentServer(Self.document).provider() }

    @Test(arguments: ["absent", "nothing", "object", "objects.0", "text.deeper", "absent.deeper", ""], ConfigType.all)
    func whatIsAbsentNullOrAnObjectIsNoValueOfAnyType(key: String, type: ConfigType) throws {
        let components = key.isEmpty ? [] : ConfigKey(key).components
        let result = try provider.value(forKey: AbsoluteConfigKey(components), type: type)
        #expect(result == LookupResult(encodedKey: key, value: nil))
    }

    @Test(arguments: [
        ("objects", ConfigType.stringArray), ("mixed", .intArray), ("nested", .intArray), ("big", .int), ("huge", .int),
        ("huge", .double), ("half", .int), ("flag", .int), ("flag", .string), ("flag", .double), ("one", .bool),
        ("one", .string), ("text", .int), ("text", .bytes), ("text", .stringArray), ("empty", .string), ("word", .bool),
        ("one", .intArray),
    ])
    func aValueOfAnotherTypeThrowsForThatKeyAndNamesNoValue(key: String, type: ConfigType) throws {
        let error = #expect(throws: WatcherError.self) { try provider.content(key, type) }
        #expect(error?.code == .typeMismatch)
        #expect(error?.message.contains("'\(key)' of parsing/prod") == true)
        #expect(error?.message.contains("yes") == false && error?.message.contains("18446744073709551617") == false)
        #expect(try provider.content("near", .double) == .double(0.30000000000000004))
    }

    @Test(arguments: [
        ("exact", ConfigContent.int(9_007_199_254_740_993)), ("whole", .int(1)), ("exponent", .int(1000)),
        ("zero", .int(0)), ("negative", .int(-25)), ("object.inside", .int(7)),
    ])
    func aNumberWithAnIntegralValueIsAnInteger(key: String, expected: ConfigContent) throws {
        #expect(try provider.content(key, .int) == expected)
    }

    @Test func anArrayWithoutElementsIsOfEveryType() throws {
        #expect(try provider.content("empty", .stringArray) == .stringArray([]))
        #expect(try provider.content("empty", .intArray) == .intArray([]))
        #expect(try provider.content("empty", .doubleArray) == .doubleArray([]))
        #expect(try provider.content("empty", .boolArray) == .boolArray([]))
        #expect(try provider.content("empty", .byteChunkArray) == .byteChunkArray([]))
    }

    @Test func aComponentIsTheNameOfAMemberByteByByte() throws {
        #expect(try provider.value(forKey: AbsoluteConfigKey(["a.b"]), type: .int).value?.content == .int(9))
        #expect(try provider.value(forKey: AbsoluteConfigKey(["object", "a.b"]), type: .int).value?.content == .int(8))
        #expect(try provider.content("a.b", .int) == nil)
    }

    @Test func lenientReadingTakesTextToo() async throws {
        let lenient = try await DocumentServer(Self.document).provider(reading: ConfigReading(isLenient: true))
        #expect(try lenient.content("text", .int) == .int(5))
        #expect(try lenient.content("word", .bool) == .bool(true))
        #expect(try lenient.content("one", .string) == .string("1"))
        #expect(try lenient.content("list", .intArray) == .intArray([1, 2]))
        #expect(throws: WatcherError.self) { try lenient.content("half", .int) }
    }

    @Test func bytesAreMadeByTheDecoderThatIsGiven() async throws {
        let server = try DocumentServer(#"{"key":"00ff"}"#)
        let provider = try await server.provider(reading: ConfigReading(bytesDecoder: .hex))
        #expect(try provider.content("key", .bytes) == .bytes([0, 255]))
    }

    @Test func secretValuesAreThoseThatTheSpecifierNames() async throws {
        let server = try DocumentServer(#"{"db":{"password":"p","user":"u"}}"#)
        let provider = try await server.provider(
            reading: ConfigReading(
                secretsSpecifier: .dynamic { key, value in
                    key == "db.password" && value == .string("p")
                }))
        let password = try provider.value(forKey: ["db", "password"], type: .string).value
        let user = try provider.value(forKey: ["db", "user"], type: .string).value
        #expect(password?.isSecret == true && user?.isSecret == false)
    }

    @Test func aSnapshotNeverChanges() async throws {
        let server = try DocumentServer(#"{"n":1}"#)
        let provider = try await server.provider()
        let snapshot = provider.snapshot()
        try server.publish(#"{"n":2}"#)
        try await eventually("applied") { try provider.content("n", .int) == .int(2) }
        #expect(try snapshot.value(forKey: ["n"], type: .int).value?.content == .int(1))
        #expect(snapshot.providerName == provider.providerName)
    }

    @Test(arguments: ProviderMode.all)
    func beforeTheFirstValueThereIsNoneAndTheNextProviderIsAsked(mode: ProviderMode) async throws {
        let server = try DocumentServer(#"{"n":1}"#)
        server.isReachable = false
        let provider = try await server.provider(mode, options: .impatient)
        let defaults = InMemoryProvider(values: ["n": 7])
        let config = ConfigReader(providers: [provider, defaults])
        #expect(try provider.content("n", .int) == nil)
        #expect(config.int(forKey: "n") == 7)
    }

    @Test func aReaderOfTheSamePackageReadsScopedValues() async throws {
        let server = try DocumentServer(#"{"http":{"server":{"port":8080,"hosts":["a","b"]}}}"#)
        let environment = EnvironmentVariablesProvider(environmentVariables: ["HTTP_SERVER_HOSTS": "c,d"])
        let config = ConfigReader(providers: [environment, try await server.provider()]).scoped(to: "http.server")
        #expect(config.int(forKey: "port") == 8080)
        #expect(config.stringArray(forKey: "hosts") == ["c", "d"])
    }
}
