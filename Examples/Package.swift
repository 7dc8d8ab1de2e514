// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that what the examples need is no dependency of who uses the library.
let package = Package(
    name: "configbus-examples",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "configbus", path: ".."),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: []),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .executableTarget(
            name: "RateLimitService",
            dependencies: [
                .product(name: "ConfigWatcher", package: "configbus"),
                .product(name: "Hummingbird", package: "hummingbird"),
            ]),
        .executableTarget(
            name: "TenantWorker",
            dependencies: [
                .product(name: "ConfigWatcher", package: "configbus"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        .executableTarget(
            name: "Greeter",
            dependencies: [
                .product(name: "ConfigWatcher", package: "configbus"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "RegistryConfiguration", package: "configbus"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        // The program of the README, which `scripts/build-examples` takes from there; its address comes from the command line.
        .executableTarget(
            name: "ReadmeSample", dependencies: [.product(name: "ConfigWatcher", package: "configbus")]),
        // The Swift of the DocC articles; a test compares it with them.
        .target(
            name: "Articles",
            dependencies: [
                .product(name: "ConfigWatcher", package: "configbus"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "FileSource", package: "configbus"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "RegistryConfiguration", package: "configbus"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
    ],
    swiftLanguageModes: [.v6]
)
