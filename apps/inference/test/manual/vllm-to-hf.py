"""Writes a GGUF model as Hugging Face safetensors, which vLLM reads: FOLDER NAME OUT."""

import sys

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer, GgufConfig

folder, name, out = sys.argv[1:4]
# Without dequantize the tensors stay in GGUF's blocks and cannot be saved.
quantization = GgufConfig(dequantize=True)
model = AutoModelForCausalLM.from_pretrained(
    folder, gguf_file=name, dtype=torch.float32, quantization_config=quantization
)
model.hf_quantizer = None
if getattr(model.config, "quantization_config", None) is not None:
    del model.config.quantization_config
model.save_pretrained(out)
AutoTokenizer.from_pretrained(folder, gguf_file=name).save_pretrained(out)
