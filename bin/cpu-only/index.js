// onnxruntime-node's install script asks this package for a proxy, and then downloads 300 MB of CUDA libraries, which nothing here uses: the
// binaries for processors come with the package. So this stands in for it, and ends the script. Nobody else asks for it.
process.exit(0);
